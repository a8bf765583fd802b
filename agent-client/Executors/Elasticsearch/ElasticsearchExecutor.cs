using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using Outrider.Agent.Http;
using Outrider.Agent.Policy;
using Outrider.Agent.Policy.Hosts;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;

namespace Outrider.Agent.Executors.Elasticsearch;

/// <summary>Tasks of type <c>elasticsearch</c>: one operation on one server, Elasticsearch's or OpenSearch's.</summary>
internal sealed partial class ElasticsearchExecutor(ElasticsearchPolicy policy, IElasticsearchServers servers, IHostRules hosts) : IExecutor, IDisposable
{
    /// <summary>For servers that the owner named.</summary>
    private readonly HttpMessageInvoker _own = HttpConnections.Create(hosts: null);

    /// <summary>For servers that a task named.</summary>
    private readonly HttpMessageInvoker _checked = HttpConnections.Create(hosts);

    public string Type => TaskTypes.Elasticsearch;

    public Problem? CheckSent(TaskCreate task)
    {
        var given = TaskParams.Read(task, ElasticsearchJson.Default.ElasticsearchParams);
        return given.Value?.Target is { } target && !(IsReference(target.Password) && IsReference(target.ApiKey))
            ? new Problem(ProblemCodes.InvalidArgument,
                "A target's password and api_key must be references such as ${secret:NAME}; put the value into secrets.env on the agent's machine.")
            : given.Problem;
    }

    public async ValueTask<Problem?> CheckAsync(TaskCreate task, CancellationToken cancellation)
    {
        var request = ElasticsearchRequest.Read(task, policy);
        if (!request.Ok)
            return request.Problem;
        var given = TaskParams.Read(task, ElasticsearchJson.Default.ElasticsearchParams);
        if (given.Problem is { } unreadable)
            return unreadable;
        if (given.Value!.Target is not { } target)
            return ServerOf(given.Value) is { Ok: true, Value: var server } ? ReadOnly(request.Value, server) : ServerOf(given.Value).Problem;
        return ServerOf(given.Value).Problem ?? (await hosts.ResolveAsync(target.Host, target.Port, cancellation)).Problem;
    }

    public async Task<TaskComplete> RunAsync(TaskCreate task, ITaskOutput output, CancellationToken cancellation)
    {
        var request = ElasticsearchRequest.Read(task, policy);
        if (!request.Ok)
            return Ends.Failed(task, request.Problem);
        var given = TaskParams.Read(task, ElasticsearchJson.Default.ElasticsearchParams);
        var server = given.Ok ? ServerOf(given.Value) : given.Problem;
        if (!server.Ok)
            return Ends.Failed(task, server.Problem);
        if (ReadOnly(request.Value, server.Value) is { } refused)
            return Ends.Failed(task, refused);
        var trust = server.Value.CaFile is { } file ? TlsTrust.Only(file) : null;
        if (trust?.Problem is { } untold)
            return Ends.Failed(task, untold);
        using var trusting = trust is null ? null : HttpConnections.Create(hosts: null, trust.Value);
        try
        {
            using var message = ToMessage(request.Value, server.Value);
            using var answer = await (trusting ?? (given.Value!.Target is null ? _own : _checked)).SendAsync(message, cancellation);
            var body = await AnswerBody.ReadAsync(answer.Content, ElasticsearchAnswer.MaxJson, policy.MaxBytes, output, cancellation);
            var (result, problem) = ElasticsearchAnswer.Read((int)answer.StatusCode, body, request.Value.IsBulk);
            return problem is null ? Ends.Success(task, result) : Ends.Failed(task, problem, result);
        }
        catch (Exception e) when (HttpFailure.Is(e))
        {
            return Ends.Failed(task, HttpFailure.Of(e, server.Value.Address.Authority, ProblemCodes.DatabaseUnreachable));
        }
    }

    public void Dispose()
    {
        _own.Dispose();
        _checked.Dispose();
    }

    private Outcome<ElasticsearchServer> ServerOf(ElasticsearchParams given)
    {
        if (given.Target is not { } target)
        {
            return given.Connection is { Length: > 0 } connection
                ? servers.Find(connection)
                : new Problem(ProblemCodes.InvalidArgument, "Say which server: params.connection, a name in the agent's own connections, or params.target.");
        }
        var host = HostName.Parse(target.Host);
        if (!host.Ok)
            return host.Problem;
        if (target.Scheme is not ("https" or "http") || target.Port is < 1 or > 65535)
            return new Problem(ProblemCodes.InvalidArgument, "A target's scheme is https or http, and its port 1 to 65535.");
        return new ElasticsearchServer(new UriBuilder(target.Scheme, host.Value.Text, target.Port).Uri, target.User, target.Password, target.ApiKey);
    }

    private static Problem? ReadOnly(ElasticsearchRequest request, ElasticsearchServer server) => request.Writes && !server.Write
        ? PolicyRefusal.Because("connections.write", $"The connection to {server} is for reading only: its owner would have to set \"write\": true.")
        : null;

    private static HttpRequestMessage ToMessage(ElasticsearchRequest request, ElasticsearchServer server)
    {
        var message = new HttpRequestMessage(request.Method, $"{server.Address.AbsoluteUri.TrimEnd('/')}/{request.Path}")
        {
            Content = new ByteArrayContent(request.Body) { Headers = { ContentType = new MediaTypeHeaderValue(request.ContentType) } },
        };
        if (server.ApiKey is { } key)
            message.Headers.Authorization = new AuthenticationHeaderValue("ApiKey", key);
        else if (server.User is { } user)
            message.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{server.Password}")));
        return message;
    }

    private static bool IsReference(string? text) => text is null || Reference().IsMatch(text);

    [GeneratedRegex(@"\A\$\{secret:[^}]+\}\z")]
    private static partial Regex Reference();
}
