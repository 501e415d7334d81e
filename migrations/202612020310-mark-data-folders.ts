// Servers that share a database share a data folder: both hold the same random id, which shows when they do not.
export const up = [
  `create table data_folders (
     id integer primary key check (id = 1),
     folder_id varchar(36) not null
   )`,
];

export const down = ['drop table data_folders'];
