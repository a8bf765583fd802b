-- Where the ADO.NET providers of Orleans 10.4 read, by key, the text of each statement they send. The names of this table and its columns,
-- the keys, the parameters and the names of result columns are Orleans' interface; tables and statements are ours.
CREATE TABLE OrleansQuery (QueryKey VARCHAR(64) NOT NULL PRIMARY KEY, QueryText VARCHAR(8000) NOT NULL);
