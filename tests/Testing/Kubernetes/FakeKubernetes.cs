using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;
using Outrider.Testing.MariaDb;

namespace Outrider.Testing.Kubernetes;

/// <summary>
/// An API server over TLS that is only in memory: discovery, versions and their conflicts, patches, server-side apply, dry runs, kinds that
/// definitions add, Status answers, tokens and client certificates.
/// </summary>
public sealed class FakeKubernetes : IAsyncDisposable
{
    /// <summary>One for all: keys take long to make.</summary>
    private static readonly Lazy<(X509Certificate2 Certificate, string Authority)> s_identity = new(() =>
    {
        using var certificate = TestCertificate.Create(out var authority);
        return (X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null), authority);
    });

    private readonly WebApplication _app;
    private readonly KubernetesStore _store = new();
    private readonly Lock _gate = new();

    private FakeKubernetes(WebApplication app, string authority) => (_app, Authority) = (app, authority);

    /// <summary>Such as <c>https://127.0.0.1:40000</c>.</summary>
    public string Url => _app.Urls.Single();

    /// <summary>The authority of its certificate, in PEM.</summary>
    public string Authority { get; }

    /// <summary>The only bearer token it knows.</summary>
    public string Token { get; set; } = "fake-token";

    /// <summary>The fingerprint of the only client certificate it knows.</summary>
    public string? Thumbprint { get; set; }

    /// <summary>Namespaces in which nobody may change anything.</summary>
    public HashSet<string> Forbidden { get; } = [];

    /// <summary>How many of the next changes find that somebody else was faster.</summary>
    public int Interruptions { get; set; }

    /// <summary>Method, path and query of what came.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>The hosts that requests named.</summary>
    public ConcurrentQueue<string> Hosts { get; } = new();

    public static async Task<FakeKubernetes> StartAsync()
    {
        var (certificate, authority) = s_identity.Value;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = HttpProtocols.Http1;
            listen.UseHttps(new HttpsConnectionAdapterOptions
            {
                ServerCertificate = certificate,
                ClientCertificateMode = ClientCertificateMode.AllowCertificate,
                ClientCertificateValidation = (_, _, _) => true,
            });
        }));
        var app = builder.Build();
        var fake = new FakeKubernetes(app, authority);
        foreach (var ns in new[] { "default", "shop", "kube-system" })
            fake.Put("/api/v1/namespaces", new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Namespace", ["metadata"] = new JsonObject { ["name"] = ns } });
        app.Run(fake.HandleAsync);
        await app.StartAsync();
        return fake;
    }

    /// <summary>An object by its path; null: it isn't there.</summary>
    public JsonObject? Find(string path)
    {
        lock (_gate)
            return _store.Find(path)?.DeepClone() as JsonObject;
    }

    /// <summary>Puts an object there, as another client.</summary>
    public void Put(string collection, JsonObject json, string manager = "somebody")
    {
        lock (_gate)
            _store.Create(collection, json, manager, dryRun: false);
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task HandleAsync(HttpContext context)
    {
        Requests.Enqueue($"{context.Request.Method} {context.Request.Path}{context.Request.QueryString}");
        Hosts.Enqueue(context.Request.Host.Host);
        var (status, answer) = (200, new JsonObject());
        try
        {
            using var reader = new StreamReader(context.Request.Body);
            var text = await reader.ReadToEndAsync();
            Authenticate(context);
            lock (_gate)
                (status, answer) = Answer(context.Request, text.Length == 0 ? null : JsonNode.Parse(text));
        }
        catch (KubernetesErrorException error)
        {
            (status, answer) = (error.Status, error.ToJson());
        }
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(answer.ToJsonString());
    }

    private void Authenticate(HttpContext context)
    {
        var bearer = context.Request.Headers.Authorization.ToString() == "Bearer " + Token;
        if (!bearer && (Thumbprint is null || context.Connection.ClientCertificate?.Thumbprint != Thumbprint))
            throw new KubernetesErrorException(401, "Unauthorized", "Unauthorized");
    }

    private (int Status, JsonObject Answer) Answer(HttpRequest request, JsonNode? body)
    {
        var path = request.Path.Value!;
        if (_store.Kinds.TryGetValue(path, out var kinds))
            return (200, Discovery(kinds));
        var parts = path.Split('/');
        var root = parts[1] == "api" ? string.Join('/', parts[..3]) : string.Join('/', parts.Take(4));
        var rest = path.Length > root.Length ? path[(root.Length + 1)..].Split('/') : [];
        var ns = rest is ["namespaces", var name, _, ..] ? name : null;
        if (ns is not null)
            rest = rest[2..];
        if (rest.Length is 0 or > 2 || !_store.Kinds.TryGetValue(root, out var known) || known.All(kind => kind.Plural != rest[0] || kind.Namespaced != ns is not null))
            throw new KubernetesErrorException(404, "NotFound", "the server could not find the requested resource");
        if (ns is not null && Forbidden.Contains(ns))
            throw new KubernetesErrorException(403, "Forbidden", $"{rest[0]} is forbidden: User \"outrider\" cannot do that in the namespace \"{ns}\"");
        if (ns is not null && _store.Find($"/api/v1/namespaces/{ns}") is null)
            throw new KubernetesErrorException(404, "NotFound", $"namespaces \"{ns}\" not found");
        return Change(request, path, body, isCustom: root.Contains('.') && !root.Contains("k8s.io"));
    }

    private (int Status, JsonObject Answer) Change(HttpRequest request, string path, JsonNode? body, bool isCustom)
    {
        var dryRun = request.Query["dryRun"] == "All";
        var manager = request.Query["fieldManager"].ToString();
        var type = request.ContentType ?? "";
        if (request.Method is "PUT" && Interruptions > 0)
        {
            Interruptions--;
            _store.Touch(path);
        }
        switch (request.Method)
        {
            case "GET":
                return (200, (JsonObject)_store.Get(path).DeepClone());
            case "POST":
                return (201, _store.Create(path, (JsonObject)body!, manager, dryRun));
            case "PUT":
                return (200, _store.Replace(path, (JsonObject)body!, manager, dryRun));
            case "DELETE":
                _store.Delete(path, dryRun);
                return (200, new JsonObject { ["kind"] = "Status", ["apiVersion"] = "v1", ["status"] = "Success" });
            case "PATCH" when type.StartsWith("application/apply-patch+yaml"):
                var slash = path.LastIndexOf('/');
                return (200, _store.Apply(path[..slash], path[(slash + 1)..], (JsonObject)body!, manager, request.Query["force"] == "true", dryRun));
            case "PATCH" when isCustom && type.Contains("strategic"):
                throw new KubernetesErrorException(415, "UnsupportedMediaType", "the body of the request was in an unknown format");
            case "PATCH":
                return (200, _store.Patch(path, body!, type, manager, dryRun));
            default:
                throw new KubernetesErrorException(405, "MethodNotAllowed", "the server does not allow this method on the requested resource");
        }
    }

    private static JsonObject Discovery(List<(string Plural, string Kind, bool Namespaced)> kinds) => new()
    {
        ["kind"] = "APIResourceList",
        ["resources"] = new JsonArray([.. kinds.Select(kind => new JsonObject
        {
            ["name"] = kind.Plural,
            ["kind"] = kind.Kind,
            ["namespaced"] = kind.Namespaced,
        })]),
    };
}
