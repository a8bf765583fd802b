using Outrider.Testing.Cluster;
using Outrider.Testing.MariaDb;

namespace Outrider.Tests.Cluster.Process;

[Collection(SiloProcessGroup.Name)]
public sealed class SiloTlsTests(SiloDatabases databases)
{
    [Fact]
    public async Task Join_CertificateOfAnotherAuthority_IsRefused()
    {
        await using var stack = await ClusterStack.CreateAsync(3, on: databases.MariaDb);
        foreach (var silo in stack.Silos.Take(2))
            UseCertificate(silo, Folder(stack, "own"));
        UseCertificate(stack.Silos[2], Folder(stack, "foreign"));
        stack.Silos[0].Start();
        stack.Silos[1].Start();
        await stack.ReadyAsync();

        stack.Silos[2].Start();
        await stack.Silos[2].Process.LineAsync(line => line.Contains("Failed to get ping responses from 2 of 2 active silos"));

        await stack.Silos[0].ReadyAsync(active: 2);
        Assert.Contains("Authentication failed", stack.Silos[0].Output + stack.Silos[1].Output + stack.Silos[2].Output);
    }

    [Fact]
    public async Task Join_WithoutTls_IsRefused()
    {
        await using var stack = await ClusterStack.CreateAsync(2, on: databases.MariaDb);
        UseCertificate(stack.Silos[0], Folder(stack, "own"));
        stack.Silos[0].Start();
        await stack.ReadyAsync();

        stack.Silos[1].Start();
        await stack.Silos[1].Process.LineAsync(line => line.Contains("Failed to get ping responses from 1 of 1 active silos"));

        await stack.Silos[0].ReadyAsync(active: 1);
    }

    [Fact]
    public async Task Serve_CertificateThatIsNotSignedByTheAuthority_SaysSo()
    {
        await using var stack = await ClusterStack.CreateAsync(1, on: databases.MariaDb);
        UseCertificate(stack.Silos[0], Folder(stack, "own"));
        stack.Silos[0].Set("OUTRIDER_SILO_TLS_CA", Path.Combine(Folder(stack, "foreign"), "ca.pem"));
        stack.Silos[0].Start();

        await stack.Silos[0].Process.LineAsync(line => line.Contains("isn't signed by the authority"));
        Assert.Equal(1, await stack.Silos[0].Process.ExitAsync(TimeSpan.FromSeconds(30)));
    }

    private static string Folder(ClusterStack stack, string name)
    {
        var folder = Path.Combine(stack.Folder, name);
        if (!Directory.Exists(folder))
        {
            Directory.CreateDirectory(folder);
            TestCertificate.Write(folder);
        }
        return folder;
    }

    private static void UseCertificate(SiloProcess silo, string folder)
    {
        silo.Set("OUTRIDER_SILO_TLS_CERTIFICATE", Path.Combine(folder, "server.pem"));
        silo.Set("OUTRIDER_SILO_TLS_KEY", Path.Combine(folder, "server.key"));
        silo.Set("OUTRIDER_SILO_TLS_CA", Path.Combine(folder, "ca.pem"));
    }
}
