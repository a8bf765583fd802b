using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Outrider.Agent.Http;
using Outrider.Agent.Policy;
using Outrider.Protocol.Outcomes;

namespace Outrider.Agent.Executors.Kubernetes;

/// <summary>Where the API server is, whom to trust there, and who we are.</summary>
internal sealed record KubernetesAccess(Uri Server)
{
    /// <summary>Null: the system's authorities.</summary>
    public X509Certificate2Collection? Authorities { get; init; }

    /// <summary>Shown to the server, with its key; null: none.</summary>
    public X509Certificate2? Certificate { get; init; }

    public string? Token { get; init; }

    /// <summary>Read anew for each request, as it is replaced now and then.</summary>
    public string? TokenFile { get; init; }

    /// <summary>The name in the server's certificate; null: that of its address.</summary>
    public string? ServerName { get; init; }

    /// <summary>Whether the server's certificate isn't checked.</summary>
    public bool SkipVerify { get; init; }

    /// <summary>As the policy says: a kubeconfig, or the pod's service account. <c>connection_not_configured</c>.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="context">Of the kubeconfig; null: its current one.</param>
    /// <param name="variable">Gives a variable of the environment.</param>
    public static Outcome<KubernetesAccess> Load(KubernetesPolicy policy, string? context, Func<string, string?> variable) =>
        policy.Kubeconfig is { } file
            ? KubeconfigReader.Read(file, context, policy.InsecureTls)
            : ServiceAccount.Read(variable, ServiceAccount.Folder);

    /// <summary>What the connection trusts and shows.</summary>
    public SslClientAuthenticationOptions ToTls()
    {
        var tls = Authorities is null ? new SslClientAuthenticationOptions() : TlsTrust.Only(Authorities);
        if (Certificate is not null)
            tls.ClientCertificates = [Certificate];
        if (SkipVerify)
            tls.RemoteCertificateValidationCallback = TlsTrust.Anybody;
        return tls;
    }

    /// <summary>Hides the credentials.</summary>
    public override string ToString() => Server.Authority;
}
