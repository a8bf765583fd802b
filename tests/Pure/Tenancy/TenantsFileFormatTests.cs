using System.Text;
using Outrider.Protocol.Outcomes;
using Outrider.Silo.Hosting.TenantsFile;

namespace Outrider.Tests.Pure.Tenancy;

public sealed class TenantsFileFormatTests
{
    private const string Whole =
        """
        {"tenants": {
           "acme": {"name": "Acme", "agent_url": "https://10.0.0.5:8443", "agent_token": "s3cret", "description": "d", "enabled": true,
                    "created_at": "2025-01-01T00:00:00Z", "contact": "later additions are passed over"},
           "beta": {"agent_url": "http://10.0.0.6:8080", "agent_token": "x", "enabled": false}},
         "metadata": {"version": "1.0"}}
        """;

    [Fact]
    public void Read_OlderFormat_TakesWhatItNeedsAndNoToken()
    {
        var entries = Read(Whole).Value!;

        Assert.Equal(["acme", "beta"], entries.Select(entry => entry.Id));
        Assert.Equal(("Acme", "d", true, "https://10.0.0.5:8443"),
            (entries[0].Profile.Name, entries[0].Profile.Description, entries[0].Profile.Enabled, entries[0].Profile.AgentUrl));
        Assert.Equal(("beta", "", false), (entries[1].Profile.Name, entries[1].Profile.Description, entries[1].Profile.Enabled));
        Assert.DoesNotContain("s3cret", string.Join('\n', entries));
    }

    [Theory]
    [InlineData("", "line 1")]
    [InlineData("{", "line 1")]
    [InlineData("[]", "'tenants'")]
    [InlineData("{}", "'tenants'")]
    [InlineData("""{"tenants": []}""", "'tenants'")]
    [InlineData("""{"tenants": {"a": 1}}""", "'a'")]
    [InlineData("""{"tenants": {"a b": {}}}""", "'a b'")]
    [InlineData("""{"tenants": {"a/b": {}}}""", "'a/b'")]
    [InlineData("""{"tenants": {"a": {"name": 5}}}""", "'name'")]
    [InlineData("""{"tenants": {"a": {"enabled": "yes"}}}""", "'enabled'")]
    [InlineData("""{"tenants": {"a": {"agent_token": ["x"]}}}""", "'agent_token'")]
    [InlineData("""{"tenants": {"a": {"agent_url": "ftp://x"}}}""", "agent_url")]
    [InlineData("""{"tenants": {"a": {"agent_url": "http://u:p@x"}}}""", "agent_url")]
    [InlineData("""{"tenants": {"a": {}, "a": {}}}""", "JSON")]
    public void Read_BadFile_SaysWhatAndWhere(string text, string expected)
    {
        var problem = Read(text).Problem!;

        Assert.Equal(ProblemCodes.InvalidArgument, problem.Code);
        Assert.Contains(expected, problem.Message);
    }

    [Fact]
    public void Read_EveryTruncation_IsRefusedWhole()
    {
        for (var length = 0; length < Whole.TrimEnd().Length; length++)
            Assert.False(Read(Whole[..length]).Ok);
    }

    [Fact]
    public void Read_TooLarge_IsRefusedUnread() =>
        Assert.Equal(ProblemCodes.PayloadTooLarge, TenantsFileFormat.Read(new byte[TenantsFileFormat.MaxBytes + 1]).Problem!.Code);

    private static Outcome<List<TenantsFileEntry>> Read(string text) => TenantsFileFormat.Read(Encoding.UTF8.GetBytes(text));
}
