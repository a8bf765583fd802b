using Outrider.Agent.Statements;
using Outrider.Protocol.Outcomes;

namespace Outrider.Tests.Pure.Statements;

public sealed class StatementSplitterTests
{
    [Theory]
    [InlineData("mysql", "SELECT 1", "read", "SELECT")]
    [InlineData("mysql", "(SELECT 1) UNION (SELECT 2)", "read", "SELECT")]
    [InlineData("mysql", "show create table t", "read", "SHOW")]
    [InlineData("mysql", "use `x`", "read", "USE")]
    [InlineData("mysql", "explain delete from t", "read", "EXPLAIN")]
    [InlineData("mysql", "with a as (select 1) select * from a", "read", "SELECT")]
    [InlineData("mysql", "select `into`, `outfile` from t # comment", "read", "SELECT")]
    [InlineData("mysql", "select 'a;b', \"c;d\", 'it''s', 'it\\'s' from t", "read", "SELECT")]
    [InlineData("mysql", "insert into t values (1)", "write", "INSERT")]
    [InlineData("mysql", "replace into t values (1)", "write", "REPLACE")]
    [InlineData("mysql", "with a as (select 1) delete from t where id in (select * from a)", "write", "DELETE")]
    [InlineData("mysql", "create temporary table t (a int)", "ddl", "CREATE TABLE")]
    [InlineData("mysql", "drop schema x", "ddl", "DROP DATABASE")]
    [InlineData("mysql", "truncate t", "ddl", "TRUNCATE TABLE")]
    [InlineData("mysql", "rename table a to b", "ddl", "RENAME TABLE")]
    [InlineData("mysql", "create user u identified by 'x'", "admin", "CREATE USER")]
    [InlineData("mysql", "set global x = 1", "admin", "SET")]
    [InlineData("mysql", "call p()", "admin", "CALL")]
    [InlineData("doris", "show backends", "read", "SHOW")]
    [InlineData("doris", "alter system add backend 'h:9050'", "admin", "ALTER SYSTEM")]
    [InlineData("doris", "create catalog c properties ('type'='jdbc')", "admin", "CREATE CATALOG")]
    [InlineData("postgres", "select $$a;b$$, $x$;$x$, E'a\\';b', 'a\\' from t", "read", "SELECT")]
    [InlineData("postgres", "select /* a /* nested; */ ; */ 1", "read", "SELECT")]
    [InlineData("postgres", "table t", "read", "TABLE")]
    [InlineData("postgres", "explain analyze select 1", "read", "SELECT")]
    [InlineData("postgres", "explain (analyze, buffers) delete from t", "write", "DELETE")]
    [InlineData("postgres", "merge into t using s on true when matched then delete", "write", "MERGE")]
    [InlineData("postgres", "with d as (delete from t returning *) select * from d", "write", "SELECT")]
    [InlineData("postgres", "with i as (insert into t values (1) returning *) select * from i", "write", "SELECT")]
    [InlineData("postgres", "create index concurrently i on t (a)", "ddl", "CREATE INDEX")]
    [InlineData("postgres", "vacuum t", "ddl", "VACUUM")]
    [InlineData("postgres", "select a into b from t", "ddl", "SELECT INTO")]
    [InlineData("postgres", "do $$ begin end $$", "admin", "DO")]
    [InlineData("postgres", "copy t from program 'id'", "admin", "COPY")]
    [InlineData("postgres", "create function f() returns int language sql as $$ select 1; $$", "admin", "CREATE FUNCTION")]
    [InlineData("clickhouse", "with 1 as x select x", "read", "SELECT")]
    [InlineData("clickhouse", "describe table t", "read", "DESCRIBE")]
    [InlineData("clickhouse", "insert into t values (1, 'a;b')", "write", "INSERT")]
    [InlineData("clickhouse", "create table t (a Int8) engine = MergeTree order by a", "ddl", "CREATE TABLE")]
    [InlineData("clickhouse", "optimize table t final", "ddl", "OPTIMIZE")]
    [InlineData("clickhouse", "system flush logs", "admin", "SYSTEM")]
    public void Split_OneStatement_SaysWhatItIs(string dialect, string sql, string kind, string form)
    {
        var statement = Assert.Single(Split(dialect, sql + ";").Value!);

        Assert.Equal((kind, form, 1), (Name(statement.Kind), statement.Form, statement.Index));
    }

    /// <summary>Attacks: each looks like a read to somebody who searches for words.</summary>
    [Theory]
    [InlineData("mysql", "select 1 into outfile '/tmp/x'")]
    [InlineData("mysql", "select 1e5INTO OUTFILE '/tmp/x'")]
    [InlineData("mysql", "select 1.into dumpfile '/tmp/x'")]
    [InlineData("mysql", "select /**/ 1 /**/ into/**/outfile '/tmp/x'")]
    [InlineData("mysql", "table t into outfile '/tmp/x'")]
    [InlineData("mysql", "select LOAD_FILE('/etc/passwd')")]
    [InlineData("mysql", "select `load_file` ('/etc/passwd')")]
    [InlineData("mysql", "select load_file/* */\n('/etc/passwd')")]
    [InlineData("mysql", "select 1 /*!50000 into outfile '/tmp/x' */")]
    [InlineData("mysql", "select 1 /*M! union select load_file('/x') */")]
    [InlineData("mysql", "/*! drop table t */ select 1")]
    [InlineData("mysql", "/*!40101 SET NAMES utf8 */")]
    [InlineData("mysql", "select sleep(100)")]
    [InlineData("mysql", "select benchmark(100000000, md5('x'))")]
    [InlineData("mysql", "select get_lock('x', 100)")]
    [InlineData("mysql", "load data infile '/etc/passwd' into table t")]
    [InlineData("mysql", "load data local infile '/etc/passwd' into table t")]
    [InlineData("mysql", "create table t (a int) engine=federated connection='mysql://h/d/t'")]
    [InlineData("mysql", "create table t (a int) engine = `CONNECT` table_type=csv file_name='/etc/passwd'")]
    [InlineData("mysql", "create table t (a int) engine 'federated'")]
    [InlineData("mysql", "create table t (a int) data directory '/tmp'")]
    [InlineData("mysql", "create function f returns string soname 'x.so'")]
    [InlineData("mysql", "create trigger x before insert on t for each row set @a = 1")]
    [InlineData("mysql", "create definer=root@localhost procedure p() select 1")]
    [InlineData("mysql", "prepare s from 'drop table t'")]
    [InlineData("mysql", "handler t open")]
    [InlineData("mysql", "install plugin x soname 'y'")]
    [InlineData("doris", "select * from s3('uri'='s3://x')")]
    [InlineData("doris", "select * from local('file_path'='x')")]
    [InlineData("doris", "select * from t into outfile 's3://x'")]
    [InlineData("doris", "export table t to 's3://x'")]
    [InlineData("doris", "select * from query('catalog'='jdbc', 'query'='drop table t')")]
    [InlineData("postgres", "select pg_read_file('/etc/passwd')")]
    [InlineData("postgres", "select pg_catalog.pg_read_binary_file('/etc/passwd')")]
    [InlineData("postgres", "select \"pg_read_file\"('/etc/passwd')")]
    [InlineData("postgres", "select lo_import('/etc/passwd')")]
    [InlineData("postgres", "select * from dblink('host=x', 'drop table t') as t(a int)")]
    [InlineData("postgres", "select query_to_xml('delete from t', true, true, '')")]
    [InlineData("postgres", "select pg_terminate_backend(1)")]
    [InlineData("postgres", "select set_config('transaction_read_only', 'off', false)")]
    [InlineData("postgres", "select pg_ls_dir('/')")]
    [InlineData("postgres", "copy (select 1) to '/tmp/x'")]
    [InlineData("postgres", "create extension dblink")]
    [InlineData("postgres", "create foreign table t (a int) server s")]
    [InlineData("postgres", "alter system set archive_command = 'id'")]
    [InlineData("postgres", "set session authorization x")]
    [InlineData("clickhouse", "select * from url('http://169.254.169.254/', CSV, 'a String')")]
    [InlineData("clickhouse", "select * from file('x', CSV, 'a String')")]
    [InlineData("clickhouse", "select file('/etc/passwd')")]
    [InlineData("clickhouse", "select * from `remote`('h', d, t)")]
    [InlineData("clickhouse", "select * from remoteSecure('h', d, t)")]
    [InlineData("clickhouse", "select * from s3Cluster('c', 'x')")]
    [InlineData("clickhouse", "insert into function url('http://h/', CSV, 'a Int8') values (1)")]
    [InlineData("clickhouse", "create table t (a Int8) engine = URL('http://h/', CSV)")]
    [InlineData("clickhouse", "create table t (a Int8) engine = Kafka settings kafka_broker_list = 'h'")]
    [InlineData("clickhouse", "create table t (a Int8) engine=`MySQL`('h', 'd', 't', 'u', 'p')")]
    [InlineData("clickhouse", "select 1 into outfile '/tmp/x'")]
    [InlineData("clickhouse", "create dictionary d (a Int8) primary key a source(http(url 'http://h'))")]
    [InlineData("clickhouse", "kill query where 1")]
    public void Split_Attack_IsOfKindAdmin(string dialect, string sql)
    {
        var split = Split(dialect, sql);

        Assert.True(split.Ok, split.Problem?.Message);
        Assert.Contains(split.Value, statement => statement.Kind == StatementKind.Admin);
        Assert.All(split.Value.Where(statement => statement.Kind == StatementKind.Admin), statement => Assert.Equal(StatementRisk.High, statement.Risk));
    }

    [Theory]
    [InlineData("mysql", "begin", "statement.transaction")]
    [InlineData("mysql", "start transaction", "statement.transaction")]
    [InlineData("postgres", "rollback and chain", "statement.transaction")]
    [InlineData("postgres", "savepoint a", "statement.transaction")]
    [InlineData("mysql", "delimiter //", "statement.unknown")]
    [InlineData("mysql", "frobnicate t", "statement.unknown")]
    [InlineData("mysql", "create frobnication t", "statement.unknown")]
    [InlineData("mysql", "'select' 1", "statement.unknown")]
    [InlineData("mysql", "explain analyze frobnicate", "statement.unknown")]
    [InlineData("mysql", "with a as (select 1) frobnicate", "statement.unknown")]
    [InlineData("postgres", "explain analyze execute s", "statement.unknown")]
    [InlineData("clickhouse", "insert into t format CSV\n1,2", "statement.inline_data")]
    public void Split_WhatItCannotJudge_IsRefusedByItsRule(string dialect, string sql, string rule)
    {
        var problem = Split(dialect, sql).Problem;

        Assert.Equal((ProblemCodes.PolicyRefused, rule), (problem?.Code, problem?.Details?["rule"]));
    }

    [Theory]
    [InlineData("mysql", "")]
    [InlineData("mysql", " ; -- nothing\n ;")]
    [InlineData("mysql", "select 'a")]
    [InlineData("mysql", "select 1 /* a")]
    [InlineData("mysql", "select `a")]
    [InlineData("mysql", "select 1 /*! 1 /* 2 */ into outfile 'x' */")]
    [InlineData("mysql", "select \u201ca\u201d")]
    [InlineData("mysql", "select\u00a01")]
    [InlineData("mysql", "select 1\0")]
    [InlineData("mysql", "select \\1")]
    [InlineData("mysql", "-- a\rdrop table t")]
    [InlineData("doris", "select 1 # a")]
    [InlineData("postgres", "select /* /* */ 1")]
    [InlineData("postgres", "select $a$ ; $b$")]
    [InlineData("postgres", "select U&\"\\0070g_read_file\"('x')")]
    [InlineData("postgres", "select U&'\\0041'")]
    [InlineData("postgres", "select E'a'\n'\\'; drop table t; --'")]
    [InlineData("postgres", "select e'a' -- x\n '\\'; drop table t; --'")]
    [InlineData("postgres", "\\copy t from x")]
    [InlineData("clickhouse", "select * from `u\\x72l`('http://h')")]
    [InlineData("clickhouse", "select \u2018a\u2019")]
    [InlineData("clickhouse", "select 1 # a")]
    public void Split_Unreadable_IsInvalid(string dialect, string sql) =>
        Assert.Equal(ProblemCodes.InvalidArgument, Split(dialect, sql).Problem?.Code);

    [Theory]
    [InlineData("mysql", "select 1; delete from t; -- ; x\n select ';' ; /* ; */ update t set a = 1", 4)]
    [InlineData("mysql", "select '\\'; delete from t; -- '", 1)]
    [InlineData("mysql", "select 1 --2; select 3", 2)]
    [InlineData("postgres", "select '\\'; delete from t; -- '", 2)]
    [InlineData("postgres", "select 1 --2; select 3", 1)]
    [InlineData("postgres", "select $1; select a$b$;select 2", 3)]
    [InlineData("postgres", "select E'\\\\'; select 2", 2)]
    [InlineData("postgres", "select fooE'\\'; select 2", 2)]
    [InlineData("clickhouse", "select 'it\\'s; x'; select 2;", 2)]
    public void Split_Semicolons_CutOnlyBetweenStatements(string dialect, string sql, int count) => Assert.Equal(count, Split(dialect, sql).Value?.Count);

    [Fact]
    public void Split_Statement_KeepsItsTextWithoutWhatIsAround() => Assert.Equal(
        ["SELECT 1 /* in */ + 1", "SELECT 2"],
        Split("mysql", " -- before\n SELECT 1 /* in */ + 1 /* after */ ;\n#\nSELECT 2").Value!.Select(statement => statement.Text));

    [Theory]
    [InlineData("delete from t", "High")]
    [InlineData("delete from t where a = 1", "Medium")]
    [InlineData("update t set a = 1", "High")]
    [InlineData("insert into t values (1)", "Medium")]
    [InlineData("create table t (a int)", "Medium")]
    [InlineData("drop table t", "High")]
    [InlineData("select 1", "Low")]
    public void Split_Statement_TellsItsRisk(string sql, string risk) => Assert.Equal(risk, Split("mysql", sql).Value!.Single().Risk.ToString());

    [Theory]
    [InlineData("mysql", "select * from t for update")]
    [InlineData("mysql", "select * from t lock in share mode")]
    [InlineData("postgres", "select * from t for no key update")]
    public void Split_LockingRead_Writes(string dialect, string sql) => Assert.Equal(StatementKind.Write, Split(dialect, sql).Value!.Single().Kind);

    [Fact]
    public void Split_MoreThanAllowed_SaysHowMany()
    {
        var problem = StatementSplitter.Split("select 1; select 2; select 3", SqlDialect.MySql, 2).Problem;

        Assert.Equal(ProblemCodes.InvalidArgument, problem?.Code);
        Assert.Contains("more than 2", problem!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_StatementAboutPasswords_ShowsNoString()
    {
        var statement = Split("mysql", "create user u identified by 'hunter2' comment \"x\"").Value!.Single();

        Assert.Equal("create user u identified by '***' comment '***'", StatementText.Of(statement, SqlDialect.MySql));
    }

    [Fact]
    public void Comment_HostileFacts_StaysOneComment() => Assert.Equal(
        "/* env=_/ ticket=a_b */ ".Replace("_/", "__", StringComparison.Ordinal), StatementText.Comment([("env", "*/"), ("creator", ""), ("ticket", "a\nb")]));

    [Fact]
    public void Batches_KindsInTurn_KeepTheOrderAndTheSize()
    {
        var statements = Split("mysql", "select 1; insert into t values (1); insert into t values (2); insert into t values (3); drop table t; select 2").Value!;

        Assert.Equal(["ReadOnly 1", "Transaction 2,3", "Transaction 4", "Alone 5", "ReadOnly 6"], Shown(StatementBatch.Of(statements, 2, hasTransactionalDdl: false)));
    }

    [Fact]
    public void Batches_TransactionalDdl_GoesWithTheWritingOnes()
    {
        var statements = Split("postgres", "create table t (a int); insert into t values (1); vacuum t; insert into t values (2)").Value!;

        Assert.Equal(["Transaction 1,2", "Alone 3", "Transaction 4"], Shown(StatementBatch.Of(statements, 200, hasTransactionalDdl: true)));
    }

    private static IEnumerable<string> Shown(List<StatementBatch> batches) =>
        batches.Select(batch => $"{batch.Mode} {string.Join(',', batch.Statements.Select(statement => statement.Index))}");

    private static Outcome<List<SqlStatement>> Split(string dialect, string sql) => StatementSplitter.Split(sql, Enum.Parse<SqlDialect>(dialect, ignoreCase: true), 100);

    private static string Name(StatementKind kind) => kind.ToString().ToLowerInvariant();
}
