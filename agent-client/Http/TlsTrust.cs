using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Outrider.Protocol.Outcomes;

namespace Outrider.Agent.Http;

/// <summary>Whom a TLS client trusts instead of the system's authorities.</summary>
internal static class TlsTrust
{
    /// <summary>Whoever answers. Only for where the machine's owner says so.</summary>
    [SuppressMessage("Security", "CA5359", Justification = "That is what it is for.")]
    public static RemoteCertificateValidationCallback Anybody { get; } = (_, _, _, _) => true;

    /// <summary>Only the authorities in a PEM file. <c>connection_not_configured</c>: it can't be read.</summary>
    public static Outcome<SslClientAuthenticationOptions> Only(string caFile)
    {
        try
        {
            var authorities = new X509Certificate2Collection();
            authorities.ImportFromPemFile(caFile);
            return Only(authorities);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            return new Problem(ProblemCodes.ConnectionNotConfigured, $"The authorities in {caFile} can't be read: {e.Message.TrimEnd('.')}.");
        }
    }

    /// <summary>Only these authorities. The certificate's name is checked as ever.</summary>
    public static SslClientAuthenticationOptions Only(X509Certificate2Collection authorities)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(authorities);
        return new SslClientAuthenticationOptions { CertificateChainPolicy = policy };
    }
}
