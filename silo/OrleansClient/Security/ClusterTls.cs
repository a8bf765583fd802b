using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Orleans.Connections.Security;
using Outrider.Protocol.Outcomes;

namespace Outrider.Silo.OrleansClient.Security;

/// <summary>
/// TLS within a cluster, in both directions with a certificate. Whoever has one from the cluster's own authority is a silo, or a client
/// trusted as one; names in certificates aren't looked at, since silos know each other by address.
/// </summary>
public sealed class ClusterTls
{
    private readonly X509Certificate2Collection _authority;

    private ClusterTls(X509Certificate2 certificate, X509Certificate2Collection authority) => (Certificate, _authority) = (certificate, authority);

    /// <summary>This process's own.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>Reads PEM files. Problem: one can't be read, they don't belong together, or others would refuse the certificate.</summary>
    [SuppressMessage("Reliability", "CA2000", Justification = "The certificate lives as long as the process.")]
    public static Outcome<ClusterTls> Load(string certificateFile, string keyFile, string authorityFile)
    {
        try
        {
            var authority = new X509Certificate2Collection();
            authority.ImportFromPemFile(authorityFile);
            if (authority.Count == 0)
                return new Problem(ProblemCodes.InvalidArgument, $"There is no certificate in {authorityFile}.");
            var certificate = X509Certificate2.CreateFromPemFile(certificateFile, keyFile);
            if (IsSigned(certificate, null, authority))
                return new ClusterTls(certificate, authority);
            return new Problem(ProblemCodes.InvalidArgument,
                $"The certificate in {certificateFile} isn't valid now or isn't signed by the authority in {authorityFile}: the other silos would refuse it.");
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            return new Problem(ProblemCodes.InvalidArgument, $"silo_tls_certificate, silo_tls_key or silo_tls_ca can't be used: {e.Message}");
        }
    }

    /// <summary>Makes connections use it.</summary>
    public void Apply(TlsOptions tls, string clusterId)
    {
        tls.RemoteCertificateMode = RemoteCertificateMode.RequireCertificate;
        tls.ClientCertificateMode = RemoteCertificateMode.RequireCertificate;
        tls.RemoteCertificateValidation = (remote, chain, _) => IsSigned(remote, chain, _authority);
        tls.OnAuthenticateAsClient = (_, handshake) => handshake.TargetHost = clusterId;
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
