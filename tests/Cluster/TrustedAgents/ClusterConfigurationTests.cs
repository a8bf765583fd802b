using System.Net;
using Outrider.Agent.Cluster.Configuration;

namespace Outrider.Tests.Cluster.TrustedAgents;

/// <summary>Where the cluster is, as the agent's owner says it.</summary>
public sealed class ClusterConfigurationTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("outrider-agent-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Read_Gateways_InFileOrEnvironment()
    {
        Write("""{ "cluster_id": "east", "gateways": ["10.0.0.5:30000", "[fd00::6]:30001"] }""");
        var inFile = ClusterConfiguration.Read(_folder.FullName, _ => null).Value!;
        Assert.Equal(("east", 2), (inFile.ClusterId, inFile.Gateways!.Count));
        Assert.Equal(IPEndPoint.Parse("[fd00::6]:30001"), inFile.Gateways[1]);

        var overridden = Read(("OUTRIDER_GATEWAYS", "127.0.0.1:1"), ("OUTRIDER_CLUSTER_ID", "west")).Value!;
        Assert.Equal(("west", IPEndPoint.Parse("127.0.0.1:1")), (overridden.ClusterId, overridden.Gateways!.Single()));
    }

    [Theory]
    [InlineData("mysql", "MySql.Data.MySqlConnector")]
    [InlineData("postgresql", "Npgsql")]
    public void Read_Database_GetsThePasswordOfItsFile(string kind, string invariant)
    {
        var password = Path.Combine(_folder.FullName, "password");
        File.WriteAllText(password, "s3;cret\n");
        var database = Read(
            ("OUTRIDER_DATABASE", kind), ("OUTRIDER_DATABASE_CONNECTION", "Server=db;Database=outrider;User ID=reader"),
            ("OUTRIDER_DATABASE_PASSWORD_FILE", password)).Value!.Database!;
        Assert.Equal(invariant, database.Invariant);
        Assert.Contains("s3;cret", database.Connection, StringComparison.Ordinal);
        Assert.Contains("Timeout=5", database.Connection, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("OUTRIDER_GATEWAYS or OUTRIDER_DATABASE")]
    [InlineData("OUTRIDER_GATEWAYS or OUTRIDER_DATABASE", "OUTRIDER_GATEWAYS=10.0.0.5:30000", "OUTRIDER_DATABASE=mysql")]
    [InlineData("with ports", "OUTRIDER_GATEWAYS=10.0.0.5")]
    [InlineData("database_connection", "OUTRIDER_DATABASE=mysql")]
    [InlineData("must be mysql", "OUTRIDER_DATABASE=oracle", "OUTRIDER_DATABASE_CONNECTION=Server=db;Database=x")]
    [InlineData("names no database", "OUTRIDER_DATABASE=mysql", "OUTRIDER_DATABASE_CONNECTION=Server=db")]
    [InlineData("belong together", "OUTRIDER_GATEWAYS=10.0.0.5:30000", "OUTRIDER_SILO_TLS_CA=ca.pem")]
    [InlineData("can't be used", "OUTRIDER_GATEWAYS=10.0.0.5:30000", "OUTRIDER_SILO_TLS_CA=/no.pem", "OUTRIDER_SILO_TLS_KEY=/no.key", "OUTRIDER_SILO_TLS_CERTIFICATE=/no.pem")]
    public void Read_WhatCantBeUsed_SaysWhatToChange(string said, params string[] environment)
    {
        var read = Read([.. environment.Select(line => line.Split('=', 2)).Select(pair => (pair[0], pair[1]))]);
        Assert.Contains(said, read.Problem!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ConnectionThatIsMisspelt_NeverShowsIt()
    {
        var message = Read(("OUTRIDER_DATABASE", "mysql"), ("OUTRIDER_DATABASE_CONNECTION", "Server=db;Database=x;Port=s3cret")).Problem!.Message;
        Assert.Contains("Write it as", message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_FileWithAMemberNobodyKnows_IsRefused()
    {
        Write("""{ "gateway": ["10.0.0.5:30000"] }""");
        Assert.Contains("Known are", ClusterConfiguration.Read(_folder.FullName, _ => null).Problem!.Message, StringComparison.Ordinal);
    }

    private void Write(string json) => File.WriteAllText(Path.Combine(_folder.FullName, ClusterConfiguration.FileName), json);

    private Protocol.Outcomes.Outcome<ClusterSettings> Read(params (string Name, string Value)[] environment) =>
        ClusterConfiguration.Read(_folder.FullName, name => environment.FirstOrDefault(pair => pair.Name == name).Value);
}
