using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Outrider.Agent.Http;
using Outrider.Protocol.Outcomes;

namespace Outrider.Agent.Executors.Kubernetes;

/// <summary>The API server, as one task uses it. What kinds there are is asked once a group and version.</summary>
internal sealed class KubernetesApi(KubernetesAccess access) : IDisposable
{
    /// <summary>etcd holds no object of a third of it.</summary>
    private const int MaxAnswer = 4 * 1024 * 1024;

    private const int MaxToken = 64 * 1024;

    private readonly HttpMessageInvoker _http = HttpConnections.Create(hosts: null, access.ToTls());
    private readonly Dictionary<string, JsonArray> _kinds = new(StringComparer.Ordinal);

    /// <summary>How messages name the server.</summary>
    public string Server => access.Server.Authority;

    /// <summary>How the API names a kind. <c>command_failed</c>: it doesn't have it, or doesn't say.</summary>
    public async Task<Outcome<KubernetesResource>> FindAsync(Manifest manifest, CancellationToken cancellation)
    {
        var root = KubernetesResource.RootOf(manifest.Group, manifest.Version);
        if (!_kinds.TryGetValue(root, out var kinds))
        {
            var answer = await SendAsync(HttpMethod.Get, root, null, null, cancellation);
            if (!answer.Ok && answer.Status != 404)
                return answer.ToProblem($"The kinds of {root}");
            kinds = _kinds[root] = answer.Ok && answer.Object?["resources"] is JsonArray listed ? listed : [];
        }
        foreach (var kind in kinds.OfType<JsonObject>())
        {
            // Names with a slash are parts of an object, such as its status.
            if (kind["kind"]?.ToString() == manifest.Kind && kind["name"]?.ToString() is { } plural && ManifestNames.IsPlural(plural))
                return new KubernetesResource(root, plural, kind["namespaced"]?.GetValueKind() is JsonValueKind.True);
        }
        return new Problem(ProblemCodes.CommandFailed, $"The API server has no kind {manifest.Kind} in {root}; is its CustomResourceDefinition there?")
        {
            Details = new() { ["object"] = $"{manifest.Kind} {manifest.Name}", ["reason"] = "NotFound", ["status"] = "404" },
        };
    }

    /// <summary>Sends a request. Throws what <see cref="HttpFailure"/> explains.</summary>
    public async Task<KubernetesAnswer> SendAsync(HttpMethod method, string path, JsonNode? body, string? mediaType, CancellationToken cancellation)
    {
        using var message = new HttpRequestMessage(method, access.Server.AbsoluteUri.TrimEnd('/') + path);
        message.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        message.Headers.UserAgent.Add(new ProductInfoHeaderValue("outrider-agent", null));
        // The platform takes the name to find in the certificate from it.
        message.Headers.Host = access.ServerName;
        if (await TokenAsync(cancellation) is { } token)
            message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (body is not null)
            message.Content = new ByteArrayContent(ResultJson.Write(body)) { Headers = { ContentType = new MediaTypeHeaderValue(mediaType ?? "application/json") } };
        using var answer = await _http.SendAsync(message, cancellation);
        var read = await AnswerBody.ReadAsync(answer.Content, MaxAnswer, MaxAnswer, output: null, cancellation);
        return new KubernetesAnswer((int)answer.StatusCode, Parse(read));
    }

    public void Dispose()
    {
        _http.Dispose();
        access.Certificate?.Dispose();
    }

    private async Task<string?> TokenAsync(CancellationToken cancellation)
    {
        if (access.TokenFile is not { } file)
            return access.Token;
        if (new FileInfo(file).Length > MaxToken)
            throw new IOException($"the token's file {file} is longer than {MaxToken} bytes");
        return (await File.ReadAllTextAsync(file, cancellation)).Trim();
    }

    private static JsonObject? Parse(AnswerBody body)
    {
        try
        {
            return body.Whole ? JsonNode.Parse(body.Head) as JsonObject : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
