using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Orleans.Connections.Security;
using Outrider.Silo.Hosting.Configuration;
using Outrider.Silo.Orleans.Configuration;

namespace Outrider.Silo.Orleans.Membership;

/// <summary>
/// TLS between silos, in both directions with a certificate. Whoever has one from the cluster's own authority is a silo, or a client
/// trusted as one; names in certificates aren't looked at, since silos know each other by address.
/// </summary>
internal static class SiloTls
{
    /// <exception cref="CentreException">A certificate or key can't be read, or they don't belong together.</exception>
    public static void Use(ISiloBuilder silo, SiloSettings options)
    {
        var (certificate, authority) = Load(options);
        if (!IsSigned(certificate, null, authority))
        {
            throw new CentreException(
                $"The certificate in {options.SiloTlsCertificate} isn't valid now or isn't signed by the authority in {options.SiloTlsCa}: the other silos would refuse it.");
        }
        silo.UseTls(certificate, tls =>
        {
            tls.RemoteCertificateMode = RemoteCertificateMode.RequireCertificate;
            tls.ClientCertificateMode = RemoteCertificateMode.RequireCertificate;
            tls.RemoteCertificateValidation = (remote, chain, _) => IsSigned(remote, chain, authority);
            tls.OnAuthenticateAsClient = (_, handshake) => handshake.TargetHost = options.ClusterId;
        });
    }

    private static (X509Certificate2 Certificate, X509Certificate2Collection Authority) Load(SiloSettings options)
    {
        try
        {
            var authority = new X509Certificate2Collection();
            authority.ImportFromPemFile(options.SiloTlsCa!);
            if (authority.Count == 0)
                throw new CentreException($"There is no certificate in {options.SiloTlsCa}.");
            return (X509Certificate2.CreateFromPemFile(options.SiloTlsCertificate!, options.SiloTlsKey), authority);
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new CentreException($"silo_tls_certificate, silo_tls_key or silo_tls_ca can't be used: {e.Message}", e);
        }
    }

    private static bool IsSigned(X509Certificate2 certificate, X509Chain? sent, X509Certificate2Collection authority)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        foreach (var element in sent?.ChainElements ?? Enumerable.Empty<X509ChainElement>())
            chain.ChainPolicy.ExtraStore.Add(element.Certificate);
        return chain.Build(certificate);
    }
}
