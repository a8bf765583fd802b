using System.Text;
using System.Text.Json;
using Outrider.Agent.Http;
using Outrider.Agent.Policy;
using Outrider.Protocol.Credentials;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;

namespace Outrider.Agent.Executors.Api;

/// <summary>A request as a task asks for it, allowed by the policy but for its host.</summary>
internal sealed record ApiRequest(HttpMethod Method, Uri Url, IReadOnlyDictionary<string, string?> Headers, byte[]? Body, ApiParams Params)
{
    private const string Json = "application/json; charset=utf-8";
    private const string Text = "text/plain; charset=utf-8";

    /// <summary>Escapes that some servers undo before they look where a path leads, and others after.</summary>
    private static readonly string[] s_ambiguous = ["%2e", "%2f", "%5c", "%25", "%3b", "%00"];

    /// <summary><c>invalid_argument</c>, <c>policy_refused</c>.</summary>
    public static Outcome<ApiRequest> Read(TaskCreate task, ApiPolicy policy)
    {
        var given = TaskParams.Read(task, ApiJson.Default.ApiParams);
        if (!given.Ok)
            return given.Problem;
        var url = HttpUrl.Parse(given.Value.Url);
        if (!url.Ok)
            return url.Problem;
        var headers = given.Value.Headers ?? [];
        if (ApiHeaders.Fault(headers) is { } fault)
            return new Problem(ProblemCodes.InvalidArgument, $"The request can't be sent: {fault}.");
        var method = string.IsNullOrWhiteSpace(task.Command) ? "GET" : task.Command.Trim().ToUpperInvariant();
        if (!ApiPolicy.Known.Contains(method))
            return new Problem(ProblemCodes.InvalidArgument, $"The method is one of {string.Join(", ", ApiPolicy.Known)}; put it in command.");
        var (body, type) = BodyOf(given.Value.Body);
        if (body is not null && method is "GET" or "HEAD")
            return new Problem(ProblemCodes.InvalidArgument, $"A {method} request has no body; leave it out or use another method.");
        if (type is not null && !headers.Keys.Contains("Content-Type", StringComparer.OrdinalIgnoreCase))
            headers["Content-Type"] = type;
        if (!given.Value.VerifyTls && !policy.InsecureTls)
            return PolicyRefusal.Because("api.insecure_tls", "This agent's policy has every server's certificate checked; leave verify_tls out.");
        var request = new ApiRequest(new HttpMethod(method), url.Value, headers, body, given.Value);
        return request.Refusal(policy) is { } refused ? refused : request;
    }

    /// <summary>What to ask next when the answer redirects; checked as the first one was, but for its host.</summary>
    public Outcome<ApiRequest> Redirected(int status, Uri? location, ApiPolicy policy)
    {
        if (location is null)
            return new Problem(ProblemCodes.CommandFailed, $"The server answered HTTP {status} without saying where to go.");
        var next = HttpUrl.Parse(location.IsAbsoluteUri ? location.OriginalString : Absolute(location));
        if (!next.Ok)
            return next.Problem with { Message = "The server redirects to where nothing is asked. " + next.Problem.Message };
        if (Url.Scheme == Uri.UriSchemeHttps && next.Value.Scheme != Uri.UriSchemeHttps)
            return new Problem(ProblemCodes.CommandFailed, "The server redirects from https to http, which is not followed.");
        // As browsers do it: only 307 and 308 repeat the method and the body.
        var repeats = status is 307 or 308 || Method == HttpMethod.Get || Method == HttpMethod.Head;
        var stays = HttpUrl.SameOrigin(Url, next.Value);
        var request = this with
        {
            Url = next.Value,
            Method = repeats ? Method : HttpMethod.Get,
            Body = repeats ? Body : null,
            Headers = Headers
                .Where(header => (stays || ApiHeaders.IsHarmless(header.Key)) && (repeats || !header.Key.StartsWith("Content-", StringComparison.OrdinalIgnoreCase)))
                .ToDictionary(),
        };
        return request.Refusal(policy) is { } refused ? refused : request;
    }

    public HttpRequestMessage ToMessage()
    {
        var message = new HttpRequestMessage(Method, Url) { Content = Body is null ? null : new ByteArrayContent(Body) };
        foreach (var (name, value) in Headers)
        {
            if (!message.Headers.TryAddWithoutValidation(name, value))
                (message.Content ??= new ByteArrayContent([])).Headers.TryAddWithoutValidation(name, value);
        }
        if (!message.Headers.Contains("User-Agent"))
            message.Headers.TryAddWithoutValidation("User-Agent", "outrider-agent");
        return message;
    }

    private string Absolute(Uri relative) =>
        Uri.TryCreate(Url, relative, out var url) ? url.OriginalString : relative.OriginalString;

    private Problem? Refusal(ApiPolicy policy)
    {
        if (!policy.Methods.Contains(Method.Method))
            return PolicyRefusal.Because("api.methods", $"This agent's policy lets tasks call {string.Join(", ", policy.Methods)}, not {Method}.");
        return policy.Paths is null || IsListed(Url.AbsolutePath, policy.Paths)
            ? null
            : PolicyRefusal.Because("api.paths", $"The path {Url.AbsolutePath} is not one of those that this agent's policy lets tasks call, or can be read as another one.");
    }

    /// <summary>Whether a path fits a pattern, however the server may read it.</summary>
    private static bool IsListed(string path, IReadOnlyList<string> patterns) =>
        !path.Contains("//", StringComparison.Ordinal) && path.IndexOfAny([';', '\\']) < 0
        && s_ambiguous.All(escape => !path.Contains(escape, StringComparison.OrdinalIgnoreCase))
        && !path.Split('/').Contains("..")
        && patterns.Any(pattern => Names.Matches(pattern, path));

    private static (byte[]? Body, string? Type) BodyOf(JsonElement? body) => body switch
    {
        null or { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined } => (null, null),
        { ValueKind: JsonValueKind.String } text => (Encoding.UTF8.GetBytes(text.GetString()!), Text),
        { } json => (Encoding.UTF8.GetBytes(json.GetRawText()), Json),
    };
}
