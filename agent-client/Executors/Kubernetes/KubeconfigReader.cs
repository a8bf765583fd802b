using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Outrider.Agent.Http;
using Outrider.Protocol.Outcomes;

namespace Outrider.Agent.Executors.Kubernetes;

/// <summary>
/// Reads a kubeconfig: one context's cluster and user. What signs in by running a program, by a password or through a proxy is refused with
/// a word on what to do instead.
/// </summary>
internal sealed class KubeconfigReader
{
    private const int MaxBytes = 1024 * 1024;

    private readonly string _folder;
    private readonly JsonObject _file;

    private KubeconfigReader(string folder, JsonObject file) => (_folder, _file) = (folder, file);

    /// <summary><c>connection_not_configured</c> says what can't be used; never a value.</summary>
    /// <param name="path">The file; paths in it are relative to its folder.</param>
    /// <param name="context">Null: its current one.</param>
    /// <param name="insecure">Whether it may say that the server's certificate isn't checked.</param>
    public static Outcome<KubernetesAccess> Read(string path, string? context, bool insecure)
    {
        try
        {
            if (new FileInfo(path).Length > MaxBytes)
                return Fault(path, $"it is longer than {MaxBytes} bytes");
            var documents = YamlDocuments.Read(File.ReadAllText(path));
            if (!documents.Ok)
                return Fault(path, documents.Problem.Message.TrimEnd('.'));
            if (documents.Value is not [JsonObject file])
                return Fault(path, "it is not one object");
            var access = new KubeconfigReader(Path.GetDirectoryName(Path.GetFullPath(path))!, file).Access(context, insecure);
            return access.Ok ? access : Fault(path, access.Problem.Message);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException or FormatException or ArgumentException)
        {
            return Fault(path, e.Message.TrimEnd('.'));
        }
    }

    private Outcome<KubernetesAccess> Access(string? context, bool insecure)
    {
        var name = context ?? _file["current-context"].Text();
        if (name is null || Named("contexts", "context", name) is not { } chosen)
            return Fault($"it has no context '{name}'");
        if (chosen["cluster"].Text() is not { } clusterName || Named("clusters", "cluster", clusterName) is not { } cluster)
            return Fault($"the cluster of context '{name}' isn't in it");
        var user = chosen["user"].Text() is { } userName ? Named("users", "user", userName) : [];
        if (user is null)
            return Fault($"the user of context '{name}' isn't in it");
        var server = HttpUrl.Parse(cluster["server"].Text());
        if (!server.Ok)
            return Fault($"its server is no URL: {server.Problem.Message.TrimEnd('.')}");
        if (cluster["proxy-url"] is not null)
            return Fault("its cluster is behind a proxy (proxy-url), which this agent doesn't use");
        var skip = cluster["insecure-skip-tls-verify"] is JsonValue value && value.TryGetValue<bool>(out var truth) && truth;
        if (skip && !insecure)
            return Fault("it has insecure-skip-tls-verify, which k8s.insecure_tls in policy.json doesn't allow; give certificate-authority instead");
        return WithUser(user, new KubernetesAccess(server.Value)
        {
            Authorities = Authorities(cluster),
            ServerName = cluster["tls-server-name"].Text(),
            SkipVerify = skip,
        });
    }

    private Outcome<KubernetesAccess> WithUser(JsonObject user, KubernetesAccess access)
    {
        if (user["exec"] is not null || user["auth-provider"] is not null)
            return Fault("its user signs in by a program (exec, auth-provider), which this agent doesn't run; give a token, a tokenFile or a client certificate");
        if (user["username"] is not null || user["password"] is not null)
            return Fault("its user signs in by a password, which Kubernetes took out; give a token, a tokenFile or a client certificate");
        if (user["as"] is not null || user["as-groups"] is not null || user["as-uid"] is not null)
            return Fault("its user acts as another one (as), which this agent doesn't; give that user's own credentials");
        var certificate = Pem(user, "client-certificate");
        var key = Pem(user, "client-key");
        if (certificate is null != key is null)
            return Fault("of client-certificate and client-key it has only one");
        return access with
        {
            Token = user["token"].Text(),
            TokenFile = user["token"].Text() is null && user["tokenFile"].Text() is { } file ? Path.Combine(_folder, file) : null,
            Certificate = certificate is null ? null : X509Certificate2.CreateFromPem(certificate, key),
        };
    }

    private X509Certificate2Collection? Authorities(JsonObject cluster)
    {
        if (Pem(cluster, "certificate-authority") is not { } pem)
            return null;
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPem(pem);
        return authorities;
    }

    /// <summary>What stands in a member's <c>-data</c>, else in the file it names; null: neither is there.</summary>
    private string? Pem(JsonObject from, string member) =>
        from[member + "-data"].Text() is { } data ? Encoding.ASCII.GetString(Convert.FromBase64String(data))
        : from[member].Text() is { } file ? File.ReadAllText(Path.Combine(_folder, file))
        : null;

    private JsonObject? Named(string list, string member, string name) =>
        (_file[list] as JsonArray)?.OfType<JsonObject>().FirstOrDefault(item => item["name"].Text() == name)?[member] as JsonObject;

    private static Problem Fault(string path, string why) => Fault($"The kubeconfig {path} can't be used: {why}.");

    private static Problem Fault(string why) => new(ProblemCodes.ConnectionNotConfigured, why);
}
