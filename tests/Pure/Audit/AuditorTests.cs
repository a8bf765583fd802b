using System.Net;
using Outrider.Api.Auth;
using Outrider.Api.Operations;
using Outrider.Grains.Audit;
using Outrider.Grains.Tenancy;
using Outrider.Protocol.Outcomes;
using Outrider.Testing.Time;

namespace Outrider.Tests.Pure.Audit;

public sealed class AuditorTests
{
    private readonly FakeTime _time = new();
    private readonly Kept _kept = new();

    [Theory]
    [InlineData("""curl -H "Authorization: Bearer hunter2" https://h/x""", """curl -H "Authorization: *** https://h/x""")]
    [InlineData("authorization=Basic aHVudGVyMg== x", "authorization=*** x")]
    [InlineData("Authorization: hunter2", "Authorization: ***")]
    [InlineData("""{"headers":{"Authorization":"Bearer hunter2"},"a":1}""", """{"headers":{"Authorization":"***"},"a":1}""")]
    [InlineData("send bearer hunter2, please", "send bearer ***, please")]
    [InlineData("https://h/x?token=hunter2&a=b", "https://h/x?token=***&a=b")]
    [InlineData("""{"apiKey": "hunter2", "b": 1}""", """{"apiKey": "***", "b": 1}""")]
    [InlineData("X-Api-Key: hunter2", "X-Api-Key: ***")]
    [InlineData("tool --password hunter2 --force", "tool --password *** --force")]
    [InlineData("tool --db-password=hunter2 --force", "tool --db-password=*** --force")]
    [InlineData("PGPASSWORD=hunter2 psql", "PGPASSWORD=*** psql")]
    [InlineData("git clone https://me:hunter2@host/x", "git clone https://me:***@host/x")]
    [InlineData("postgres://me:hun/ter2@host", "postgres://me:hun/ter2@host")]
    [InlineData("curl -u me:hunter2 https://h", "curl -u me:*** https://h")]
    [InlineData("mysql -h db -phunter2 x", "mysql -h db -p*** x")]
    [InlineData("CREATE USER a IDENTIFIED BY 'hun''ter2' x", "CREATE USER a IDENTIFIED BY '***' x")]
    [InlineData("create user a identified with p as \"hunter2\"", "create user a identified with p as '***'")]
    [InlineData("SET PASSWORD = PASSWORD('hunter2')", "SET PASSWORD = ***)")]
    [InlineData("PROPERTIES (\"sasl.password\" = \"hunter2\")", "PROPERTIES (\"sasl.password\" = \"***\")")]
    [InlineData("password = hunter2", "password = ***")]
    [InlineData("--access-token hunter2", "--access-token ***")]
    [InlineData("mysql -phunter2 x; mysqldump --opt -phunter2 y", "mysql -p*** x; mysqldump --opt -p*** y")]
    [InlineData("session_token='hunter2' pwd: hunter2", "session_token='***' pwd: ***")]
    [InlineData("password: ${secret:DB}", "password: ***}")]
    public async Task Record_SecretInTheDetail_IsMasked(string detail, string kept) => Assert.Equal(kept, (await RecordAsync(detail)).Detail);

    [Theory]
    [InlineData("SELECT password, token FROM t WHERE a = 1 AND 磁盘 = '🙂'")]
    [InlineData("SHOW PROC '/frontends'")]
    [InlineData("systemctl restart nginx -p 80")]
    [InlineData("https://host:8080/x@y?user=me")]
    [InlineData("authorization was refused")]
    [InlineData("")]
    public async Task Record_NoSecret_IsKeptAsItIs(string detail) => Assert.Equal(detail, (await RecordAsync(detail)).Detail);

    [Fact]
    public async Task Record_LongDetail_IsMaskedBeforeItIsCut()
    {
        // Cut first, the mask would see half of the secret, and the entry would hold that half.
        foreach (var before in new[] { 4_000, 4_083, 4_084 })
            Assert.DoesNotContain("=s", (await RecordAsync(new string('x', before) + " password=" + new string('s', 100))).Detail);
        Assert.EndsWith(" password=***", (await RecordAsync(new string('x', 4_083) + " password=" + new string('s', 100))).Detail);
        Assert.Equal(4096, (await RecordAsync(new string('x', 1_000_000))).Detail!.Length);
    }

    [Fact]
    public async Task Record_WithinACall_HasItsAddressAndHowLongItTook()
    {
        CallOrigin.Begin(IPAddress.Parse("2001:db8::1"), _time);
        _time.Advance(TimeSpan.FromMilliseconds(1234.5));
        var first = await RecordAsync(null, "f-1");
        CallOrigin.BeginWithin(_time.GetTimestamp());
        _time.Advance(TimeSpan.FromMilliseconds(5));
        var within = await RecordAsync(null);

        Assert.Equal(("2001:db8::1", 1234, "f-1"), (first.Ip, first.Ms, first.Task));
        Assert.Equal(("2001:db8::1", 5, null), (within.Ip, within.Ms, within.Task));
    }

    [Fact]
    public async Task Record_OfNoCall_HasNeither()
    {
        var entry = await RecordAsync(null, new string('t', 1_000));

        Assert.Equal((null, null), (entry.Ip, entry.Ms));
        Assert.Equal(64, entry.Task!.Length);
        Assert.Equal("policy_refused", entry.Outcome);
    }

    private async Task<AuditEntry> RecordAsync(string? detail, string? task = null)
    {
        await new Auditor(_kept, _time).RecordAsync(
            new Caller("acme", "k1", Role.Operator), "task.create", "prod-1", new Problem("policy_refused", "No."), detail, task, default);
        return _kept.Entries[^1];
    }

    private sealed class Kept : IAuditLog
    {
        public List<AuditEntry> Entries { get; } = [];

        public ValueTask AppendAsync(AuditEntry entry, CancellationToken cancellation)
        {
            Entries.Add(entry);
            return ValueTask.CompletedTask;
        }

        public ValueTask<IReadOnlyList<AuditEntry>> ReadAsync(
            string tenant, AuditQuery query, DateTimeOffset? after, int limit, CancellationToken cancellation) => throw new NotSupportedException();

        public ValueTask<int> DeleteBeforeAsync(DateTimeOffset before, CancellationToken cancellation) => throw new NotSupportedException();
    }
}
