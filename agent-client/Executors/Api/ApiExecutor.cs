using Outrider.Agent.Http;
using Outrider.Agent.Policy;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;

namespace Outrider.Agent.Executors.Api;

/// <summary>
/// Tasks of type <c>api</c>: one HTTP call. The whole body of the answer goes to standard output, its beginning into the result. A status of
/// 400 and up is a failure.
/// </summary>
internal sealed class ApiExecutor(ApiPolicy policy, IHostRules hosts) : IExecutor, IDisposable
{
    public const int MaxRedirects = 5;

    private readonly HttpMessageInvoker _http = HttpConnections.Create(hosts);

    private readonly HttpMessageInvoker _unverified = HttpConnections.Create(hosts, new() { RemoteCertificateValidationCallback = TlsTrust.Anybody });

    public string Type => TaskTypes.Api;

    public async ValueTask<Problem?> CheckAsync(TaskCreate task, CancellationToken cancellation)
    {
        var request = ApiRequest.Read(task, policy);
        return request.Ok ? (await hosts.ResolveAsync(request.Value.Url.IdnHost, request.Value.Url.Port, cancellation)).Problem : request.Problem;
    }

    public async Task<TaskComplete> RunAsync(TaskCreate task, ITaskOutput output, CancellationToken cancellation)
    {
        var next = ApiRequest.Read(task, policy);
        for (var hop = 0; next.Ok; hop++)
        {
            var request = next.Value;
            // No path and no query: they may hold a secret.
            await output.NoteAsync($"{request.Method} {request.Url.Scheme}://{request.Url.Authority}", cancellation);
            try
            {
                using var message = request.ToMessage();
                using var answer = await (request.Params.VerifyTls ? _http : _unverified).SendAsync(message, cancellation);
                var status = (int)answer.StatusCode;
                if (!request.Params.FollowRedirects || status is not (301 or 302 or 303 or 307 or 308))
                    return await FinishAsync(task, request, answer, output, cancellation);
                if (hop == MaxRedirects)
                    return Ends.Failed(task, new Problem(ProblemCodes.CommandFailed, $"The server redirects more than {MaxRedirects} times."));
                next = request.Redirected(status, answer.Headers.Location, policy);
            }
            catch (Exception e) when (HttpFailure.Is(e))
            {
                return Ends.Failed(task, HttpFailure.Of(e, request.Url.Authority, ProblemCodes.CommandFailed));
            }
        }
        return Ends.Failed(task, next.Problem);
    }

    public void Dispose()
    {
        _http.Dispose();
        _unverified.Dispose();
    }

    private async Task<TaskComplete> FinishAsync(
        TaskCreate task, ApiRequest request, HttpResponseMessage answer, ITaskOutput output, CancellationToken cancellation)
    {
        var most = Math.Min(policy.MaxBytes, Math.Max(0, request.Params.MaxBody ?? long.MaxValue));
        var body = await AnswerBody.ReadAsync(answer.Content, ApiResult.MaxBody, most, output, cancellation);
        if (body.Cut)
            await output.NoteAsync($"The answer is longer than {most} bytes; the rest was not read.", cancellation);
        var result = ApiResult.Of(answer, body);
        var status = (int)answer.StatusCode;
        return status < 400
            ? Ends.Success(task, result)
            : Ends.Failed(task, new Problem(ProblemCodes.CommandFailed, $"The server answered HTTP {status} {answer.ReasonPhrase}.")
            {
                Details = new() { ["status"] = $"{status}" },
            }, result);
    }
}
