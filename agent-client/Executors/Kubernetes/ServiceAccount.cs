using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Outrider.Protocol.Outcomes;

namespace Outrider.Agent.Executors.Kubernetes;

/// <summary>The access that a pod has by its service account.</summary>
internal static class ServiceAccount
{
    /// <summary>Where Kubernetes puts token and authority into each pod.</summary>
    public const string Folder = "/var/run/secrets/kubernetes.io/serviceaccount";

    /// <summary><c>connection_not_configured</c>: this is no pod, or one without an account.</summary>
    public static Outcome<KubernetesAccess> Read(Func<string, string?> variable, string folder)
    {
        if (variable("KUBERNETES_SERVICE_HOST") is not { Length: > 0 } host || variable("KUBERNETES_SERVICE_PORT") is not { Length: > 0 } port)
            return Fault("this agent runs in no pod");
        var bracketed = host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host;
        if (!Uri.TryCreate($"https://{bracketed}:{port}", UriKind.Absolute, out var server))
            return Fault("KUBERNETES_SERVICE_HOST and KUBERNETES_SERVICE_PORT are no address");
        var token = Path.Combine(folder, "token");
        if (!File.Exists(token))
            return Fault("its pod has no service account's token");
        try
        {
            var authorities = new X509Certificate2Collection();
            authorities.ImportFromPemFile(Path.Combine(folder, "ca.crt"));
            return new KubernetesAccess(server) { Authorities = authorities, TokenFile = token };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            return Fault($"the cluster's authority can't be read ({e.Message.TrimEnd('.')})");
        }
    }

    private static Problem Fault(string why) => new(ProblemCodes.ConnectionNotConfigured,
        $"No Kubernetes: {why}. Run the agent in a pod with a service account, or set k8s.kubeconfig in policy.json.");
}
