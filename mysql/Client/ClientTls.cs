using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Outrider.MySql.Transport;

namespace Outrider.MySql.Client;

/// <summary>The TLS options that a <see cref="TlsMode"/> stands for.</summary>
internal static class ClientTls
{
    /// <exception cref="MySqlConnectionException">The file of authorities can't be read.</exception>
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA5359", Justification = "What modes Preferred and Required mean.")]
    public static SslClientAuthenticationOptions OptionsFor(ClientOptions options)
    {
        var tls = new SslClientAuthenticationOptions { TargetHost = options.Host };
        if (options.Tls != TlsMode.VerifyFull)
            tls.RemoteCertificateValidationCallback = static (_, _, _, _) => true;
        else if (options.TlsCaFile is not null)
            tls.CertificateChainPolicy = TrustOnly(options.TlsCaFile);
        return tls;
    }

    private static X509ChainPolicy TrustOnly(string caFile)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        try
        {
            policy.CustomTrustStore.ImportFromPemFile(caFile);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new MySqlConnectionException($"The file of certificate authorities '{caFile}' can't be read: {e.Message}", e);
        }
        return policy;
    }
}
