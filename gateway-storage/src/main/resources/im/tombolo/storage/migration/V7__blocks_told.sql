-- the activity that told a block to the other side, if it was told
alter table block add column told_by text;
