using Outrider.Silo.Hosting.Configuration;
using Outrider.Silo.Orleans.Configuration;
using Outrider.Silo.OrleansClient.Security;

namespace Outrider.Silo.Orleans.Membership;

/// <summary>A silo's side of <see cref="ClusterTls"/>.</summary>
internal static class SiloTls
{
    /// <exception cref="CentreException">A certificate or key can't be read, or they don't belong together.</exception>
    public static void Use(ISiloBuilder silo, SiloSettings options)
    {
        var tls = ClusterTls.Load(options.SiloTlsCertificate!, options.SiloTlsKey!, options.SiloTlsCa!);
        if (!tls.Ok)
            throw new CentreException(tls.Problem.Message);
        silo.UseTls(tls.Value.Certificate, connections => tls.Value.Apply(connections, options.ClusterId));
    }
}
