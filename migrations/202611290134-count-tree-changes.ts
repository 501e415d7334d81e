// By it a process knows whether the units that it read once are still what is said.
export const up = ['alter table organisations add column tree_changes integer not null default 0'];

export const down = ['alter table organisations drop column tree_changes'];
