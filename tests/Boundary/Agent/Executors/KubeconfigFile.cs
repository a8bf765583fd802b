using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Outrider.Tests.Boundary.Agent.Executors;

/// <summary>What a kubeconfig of a test is made of.</summary>
internal static class KubeconfigFile
{
    /// <summary>A client's certificate that it signed itself, with its key.</summary>
    public static X509Certificate2 ClientCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=outrider", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }

    /// <summary>One with a cluster, a user and a context each.</summary>
    public static string With(string cluster, string user) => $$$"""
        apiVersion: v1
        kind: Config
        current-context: main
        contexts:
        - {name: main, context: {cluster: c, user: u}}
        - {name: anonymous, context: {cluster: c}}
        - {name: broken, context: {cluster: none, user: u}}
        clusters:
        - {name: c, cluster: { {{{cluster}}} }}
        users:
        - {name: u, user: { {{{user}}} }}
        """;
}
