export const up = [
  // Those who are overdue or in grace are few; by the day alone, all that was ever due in the past was looked at.
  `create index standing_intervals_standing on standing_intervals (requirement_id, standing, due_day, to_day)
    where retired_at is null`,
];

export const down = ['drop index standing_intervals_standing'];
