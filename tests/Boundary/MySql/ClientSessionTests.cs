using Outrider.MySql;
using Outrider.MySql.Client;
using Outrider.MySql.Protocol;
using Outrider.Testing.MariaDb;

namespace Outrider.Tests.Boundary.MySql;

[Collection(MariaDbGroup.Name)]
public sealed class ClientSessionTests(MariaDbFixture mariaDb) : IDisposable
{
    private readonly CancellationTokenSource _deadline = Deadline.Start();

    private MariaDbServer Server => mariaDb.Server;

    public void Dispose() => _deadline.Dispose();

    [Fact]
    public async Task ConnectAsync_NativePassword_Greets()
    {
        await using var session = await ConnectAsync();

        Assert.Contains("MariaDB", session.ServerVersion);
        Assert.False(session.IsTls);
        Assert.Equal(session.ConnectionId.ToString(), await session.ScalarAsync("SELECT connection_id()"));
    }

    [Fact]
    public async Task ConnectAsync_WrongPassword_GivesTheServersError()
    {
        var error = await Assert.ThrowsAsync<MySqlServerException>(
            () => ClientSession.ConnectAsync(Server.Root with { Password = "wrong" }, _deadline.Token));

        Assert.Equal((1045, "28000"), (error.Code, error.SqlState));
    }

    [Fact]
    public async Task ConnectAsync_UnknownDatabase_GivesTheServersError()
    {
        var error = await Assert.ThrowsAsync<MySqlServerException>(
            () => ClientSession.ConnectAsync(Server.Root with { Database = "absent" }, _deadline.Token));

        Assert.Equal(1049, error.Code);
    }

    [Fact]
    public async Task ConnectAsync_NobodyListens_NamesTheAddress()
    {
        var error = await Assert.ThrowsAsync<MySqlConnectionException>(
            () => ClientSession.ConnectAsync(Server.Root with { Port = 1 }, _deadline.Token));

        Assert.Contains("127.0.0.1:1", error.Message);
    }

    [Fact]
    public async Task ConnectAsync_Database_IsUsed()
    {
        await using var session = await ConnectAsync(Server.Root with { Database = "mysql" });

        Assert.Equal("mysql", await session.ScalarAsync("SELECT database()"));
    }

    [Fact]
    public async Task UseAsync_OtherDatabase_IsUsed()
    {
        await using var session = await ConnectAsync();

        await session.UseAsync("mysql", _deadline.Token);

        Assert.Equal("mysql", await session.ScalarAsync("SELECT database()"));
    }

    [Fact]
    public async Task ResetAsync_UserVariable_IsForgotten()
    {
        await using var session = await ConnectAsync();
        await session.RowsAsync("SET @x = 1");
        Assert.Equal("1", await session.ScalarAsync("SELECT @x"));

        await session.ResetAsync(_deadline.Token);

        Assert.Null(await session.ScalarAsync("SELECT @x"));
    }

    [Fact]
    public async Task PingAsync_LiveServer_StaysReady()
    {
        await using var session = await ConnectAsync();

        await session.PingAsync(_deadline.Token);

        Assert.Equal(ClientSessionState.Ready, session.State);
    }

    [Fact]
    public async Task QueryAsync_SyntaxError_GivesCodeAndStateAndStaysReady()
    {
        await using var session = await ConnectAsync();

        var error = await Assert.ThrowsAsync<MySqlServerException>(() => session.QueryAsync("SELEC 1", _deadline.Token));

        Assert.Equal((1064, "42000"), (error.Code, error.SqlState));
        Assert.Equal("1", await session.ScalarAsync("SELECT 1"));
    }

    [Fact]
    public async Task QueryAsync_TwoStatements_IsRefusedByTheServer()
    {
        await using var session = await ConnectAsync();

        await Assert.ThrowsAsync<MySqlServerException>(() => session.QueryAsync("SELECT 1; SELECT 2", _deadline.Token));
    }

    [Fact]
    public async Task QueryAsync_LoadDataLocal_SendsNoFile()
    {
        await using var session = await ConnectAsync();
        await session.RowsAsync("CREATE TEMPORARY TABLE contents (line TEXT)");

        await Assert.ThrowsAsync<MySqlServerException>(
            () => session.QueryAsync("LOAD DATA LOCAL INFILE '/etc/hostname' INTO TABLE contents", _deadline.Token));

        Assert.Equal("0", await session.ScalarAsync("SELECT count(*) FROM contents"));
    }

    [Fact]
    public async Task QueryAsync_Insert_CountsRowsAndIds()
    {
        await using var session = await ConnectAsync();
        await session.RowsAsync("CREATE TEMPORARY TABLE items (id INT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(3)) AUTO_INCREMENT = 7");

        await using var result = await session.QueryAsync("INSERT INTO items (name) VALUES ('a'), ('b'), (NULL)", _deadline.Token);

        Assert.Empty(result.Columns);
        Assert.Equal((3ul, 7ul), (result.Completion!.AffectedRows, result.Completion.LastInsertId));
        Assert.False(await result.ReadAsync(_deadline.Token));
    }

    [Fact]
    public async Task QueryAsync_Warning_IsCounted()
    {
        await using var session = await ConnectAsync();

        await using var result = await session.QueryAsync("SELECT CAST('12x' AS INT)", _deadline.Token);
        while (await result.ReadAsync(_deadline.Token))
            Assert.Equal("12", result.GetText(0));

        Assert.Equal(1, result.Completion!.Warnings);
    }

    [Fact]
    public async Task QueryAsync_WhileReading_IsRefused()
    {
        await using var session = await ConnectAsync();
        await using var result = await session.QueryAsync("SELECT 1", _deadline.Token);

        await Assert.ThrowsAsync<InvalidOperationException>(() => session.QueryAsync("SELECT 2", _deadline.Token));

        Assert.True(await result.ReadAsync(_deadline.Token));
        Assert.False(await result.ReadAsync(_deadline.Token));
        Assert.Equal("3", await session.ScalarAsync("SELECT 3"));
    }

    [Fact]
    public async Task DisposeAsync_UnfinishedResult_BreaksTheSession()
    {
        await using var session = await ConnectAsync();
        await using (await session.QueryAsync("SELECT 1 UNION SELECT 2", _deadline.Token))
        {
            Assert.Equal(ClientSessionState.Reading, session.State);
        }

        Assert.Equal(ClientSessionState.Broken, session.State);
        await Assert.ThrowsAsync<InvalidOperationException>(() => session.QueryAsync("SELECT 1", _deadline.Token));
    }

    [Theory]
    [InlineData("TINYINT", "-128", ColumnType.Tiny)]
    [InlineData("TINYINT UNSIGNED", "255", ColumnType.Tiny)]
    [InlineData("SMALLINT", "-32768", ColumnType.Short)]
    [InlineData("MEDIUMINT", "8388607", ColumnType.Int24)]
    [InlineData("INT", "-2147483648", ColumnType.Long)]
    [InlineData("BIGINT UNSIGNED", "18446744073709551615", ColumnType.LongLong)]
    [InlineData("FLOAT", "1.5", ColumnType.Float)]
    [InlineData("DOUBLE", "-1.25e-300", ColumnType.Double)]
    [InlineData("DECIMAL(38,10)", "1234567890123456789012345678.0123456789", ColumnType.NewDecimal)]
    [InlineData("BIT(8)", "A", ColumnType.Bit)]
    [InlineData("YEAR", "2026", ColumnType.Year)]
    [InlineData("DATE", "2026-01-10", ColumnType.Date)]
    [InlineData("TIME(3)", "-838:59:58.999", ColumnType.Time)]
    [InlineData("DATETIME(6)", "2026-01-10 03:14:20.123456", ColumnType.DateTime)]
    [InlineData("TIMESTAMP", "2026-01-10 03:14:20", ColumnType.Timestamp)]
    [InlineData("CHAR(5)", "abc", ColumnType.String)]
    [InlineData("VARCHAR(20) CHARACTER SET utf8mb4", "磁盘满 🐇", ColumnType.VarString)]
    [InlineData("VARBINARY(5)", "abc", ColumnType.VarString)]
    [InlineData("TEXT CHARACTER SET utf8mb4", "数据", ColumnType.Blob)]
    [InlineData("LONGTEXT", "{\"a\": 1}", ColumnType.Blob)]
    [InlineData("ENUM('x','y')", "y", ColumnType.String)]
    [InlineData("SET('x','y')", "x,y", ColumnType.String)]
    [InlineData("JSON", "{\"a\": [1, null]}", ColumnType.Blob)]
    public async Task QueryAsync_EveryColumnType_ComesAsText(string type, string value, ColumnType expected)
    {
        await using var session = await ConnectAsync();
        await session.RowsAsync($"CREATE TEMPORARY TABLE typed (v {type} NULL)");
        await session.RowsAsync($"INSERT INTO typed VALUES ('{value}'), (NULL)");

        await using var result = await session.QueryAsync("SELECT v AS alias FROM typed", _deadline.Token);

        var column = Assert.Single(result.Columns);
        Assert.Equal(("alias", "v", "typed", expected), (column.Name, column.OriginalName, column.Table, column.Type));
        Assert.Equal(type.Contains("UNSIGNED") || type is "BIT(8)" or "YEAR" or "TIMESTAMP", column.Flags.HasFlag(ColumnFlags.Unsigned));
        Assert.True(await result.ReadAsync(_deadline.Token));
        Assert.Equal(value, result.GetText(0));
        Assert.True(await result.ReadAsync(_deadline.Token));
        Assert.True(result.IsNull(0));
        Assert.Null(result.GetText(0));
        Assert.Equal(0, result.GetBytes(0).Length);
        Assert.False(await result.ReadAsync(_deadline.Token));
    }

    [Fact]
    public async Task QueryAsync_EmptyTextAndNull_Differ()
    {
        await using var session = await ConnectAsync();

        var row = Assert.Single(await session.RowsAsync("SELECT '', NULL, '🐇', REPEAT('x', 300)"));

        Assert.Equal<IEnumerable<string?>>(["", null, "🐇", new('x', 300)], row);
    }

    private Task<ClientSession> ConnectAsync(ClientOptions? options = null) =>
        ClientSession.ConnectAsync(options ?? Server.Root, _deadline.Token);
}
