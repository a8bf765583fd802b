using System.Net;
using Outrider.Silo.Orleans.Configuration;
using Outrider.Testing.Processes;

namespace Outrider.Tests.Cluster.Process;

public sealed class ConfigurationTests
{
    private static readonly Dictionary<string, string> s_good = new()
    {
        ["OUTRIDER_PLATFORM_KEY"] = $"orp.{new string('a', 64)}",
        ["OUTRIDER_DATABASE"] = "mysql",
        ["OUTRIDER_DATABASE_CONNECTION"] = "Server=db;Database=outrider;User ID=outrider",
        ["OUTRIDER_SILO_ADDRESS"] = "10.1.2.3",
    };

    [Fact]
    public void Read_WhatASiloNeeds_IsEnough()
    {
        var settings = SiloConfiguration.Silo.Read(null, s_good, [], out var errors);

        Assert.Empty(errors);
        Assert.Equal((IPAddress.Parse("10.1.2.3"), 11111, false, "outrider"),
            (settings.SiloAddress, settings.SiloPort, settings.TrustedClients, settings.ClusterId));
    }

    [Theory]
    [InlineData("OUTRIDER_PLATFORM_KEY", "", "platform_key")]
    [InlineData("OUTRIDER_DATABASE", "", "mysql or postgresql")]
    [InlineData("OUTRIDER_DATABASE", "oracle", "mysql")]
    [InlineData("OUTRIDER_DATABASE_CONNECTION", "", "database_connection")]
    [InlineData("OUTRIDER_DATABASE_CONNECTION", "Server=db;User ID=x", "names no database")]
    [InlineData("OUTRIDER_DATABASE_CONNECTION", "Sarver=db;Password=very-secret", "the driver doesn't know")]
    [InlineData("OUTRIDER_DATABASE_PASSWORD_FILE", "/no/such/file", "path of a file")]
    [InlineData("OUTRIDER_CLUSTER_ID", "a b", "letters, digits")]
    [InlineData("OUTRIDER_SILO_ADDRESS", "host.example", "an IP address")]
    [InlineData("OUTRIDER_SILO_ADDRESS", "0.0.0.0", "the one private address")]
    [InlineData("OUTRIDER_SILO_ADDRESS", "::", "the one private address")]
    [InlineData("OUTRIDER_SILO_ADDRESS", "8.8.8.8", "isn't private")]
    [InlineData("OUTRIDER_SILO_PORT", "0", "can't be 0")]
    [InlineData("OUTRIDER_SILO_TLS_CERTIFICATE", "/etc/hostname", "belong together")]
    [InlineData("OUTRIDER_OTLP_ENDPOINT", "collector:4317", "http or https URL")]
    [InlineData("OUTRIDER_DRAIN_SECONDS", "60", "from 0 to 10")]
    public void Read_OneMistake_IsSaidInWords(string variable, string value, string expected)
    {
        var variables = new Dictionary<string, string>(s_good) { [variable] = value };
        SiloConfiguration.Silo.Read(null, variables, [], out var errors);

        Assert.Contains(expected, string.Join('\n', errors));
        Assert.DoesNotContain("very-secret", string.Join('\n', errors));
    }

    [Fact]
    public void Read_ClientPortAsSiloPort_IsRefusedOnlyWhereClientsAreTrusted()
    {
        var variables = new Dictionary<string, string>(s_good) { ["OUTRIDER_CLIENT_PORT"] = "11111" };
        SiloConfiguration.Silo.Read(null, variables, [], out var without);
        variables["OUTRIDER_TRUSTED_CLIENTS"] = "true";
        SiloConfiguration.Silo.Read(null, variables, [], out var with);

        Assert.Empty(without);
        Assert.Contains("two different", Assert.Single(with));
    }

    [Theory]
    [InlineData("mysql", "Server=db;Database=outrider", "Maximum Pool Size=20;Connection Reset=False", "Maximum Pool Size=10")]
    [InlineData("mysql", "Server=db;Database=outrider;Max Pool Size=7;ConnectionReset=true", "Maximum Pool Size=7", "Maximum Pool Size=7")]
    [InlineData("postgresql", "Host=db;Database=outrider", "Maximum Pool Size=20;Timeout=5", "Maximum Pool Size=10")]
    [InlineData("postgresql", "Host=db;Database=outrider;MaxPoolSize=7;Timeout=9", "Maximum Pool Size=7;Timeout=9", "Maximum Pool Size=7;Timeout=9")]
    public void Connection_WhatTheOperatorLeftOpen_IsFilledIn(string kind, string given, string forState, string forTheRest)
    {
        var settings = new SiloSettings
        {
            Database = kind == "mysql" ? DatabaseKind.MySql : DatabaseKind.PostgreSql, DatabaseConnection = given,
        };

        foreach (var part in forState.Split(';'))
            Assert.Contains(part, ConnectionText.State(settings), StringComparison.OrdinalIgnoreCase);
        foreach (var part in forTheRest.Split(';'))
            Assert.Contains(part, ConnectionText.Other(settings), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Connection Reset=False", ConnectionText.Other(settings), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Connection_PasswordFile_IsTheWholePassword()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, "p;w=1'\n");
        var settings = new SiloSettings
        {
            Database = DatabaseKind.MySql, DatabaseConnection = "Server=db;Database=outrider;Password=other", DatabasePasswordFile = file,
        };

        Assert.Equal("p;w=1'", new MySqlConnector.MySqlConnectionStringBuilder(ConnectionText.Other(settings)).Password);
        File.Delete(file);
    }

    [Fact]
    public async Task Serve_ManyMistakes_ListsAllAtOnce()
    {
        await using var silo = ChildProcess.Start(Programs.Silo, ["serve"], new Dictionary<string, string> { ["OUTRIDER_SILO_ADDRESS"] = "0.0.0.0" });

        Assert.Equal(1, await silo.ExitAsync(TimeSpan.FromSeconds(60)));
        foreach (var name in new[] { "platform_key", "database ", "database_connection", "silo_address" })
            Assert.Contains(name, silo.Output);
    }
}
