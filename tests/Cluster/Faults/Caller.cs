using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Outrider.Testing.Centre;

namespace Outrider.Tests.Cluster.Faults;

/// <summary>
/// A good client: it knows all silos, asks the next one when one doesn't take the connection or says nothing for 3 s, waits as
/// Retry-After says, and gives each attempt an id of its own.
/// </summary>
internal sealed class Caller : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(100);

    private readonly Ledger _ledger;
    private readonly IReadOnlyList<Uri> _silos;
    private readonly HttpClient _http;
    private int _at;

    public Caller(Ledger ledger, IReadOnlyList<Uri> silos, int first, string credential)
    {
        (_ledger, _silos, _at) = (ledger, silos, first);
        // As a client with no memory of a connection that broke a moment ago.
        _http = new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromSeconds(5) }) { Timeout = s_patience };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", credential);
    }

    private Uri Silo => _silos[_at % _silos.Count];

    public void Dispose() => _http.Dispose();

    /// <summary>Posts until it is done and returns the answer; null: it was stopped first.</summary>
    /// <param name="what">For the ledger.</param>
    /// <param name="request">Path and body of an attempt with this id.</param>
    /// <param name="found">By which the work is found again, from the answer; null: the id of the attempt.</param>
    public async Task<JsonElement?> PostAsync(
        string what, string where, Func<string, (string Path, object Body)> request, Func<JsonElement, string>? found, CancellationToken stop)
    {
        var began = TimeProvider.System.GetUtcNow();
        for (var attempt = 1; !stop.IsCancellationRequested; attempt++)
        {
            var id = $"w{Guid.NewGuid():n}";
            var (path, body) = request(id);
            var (answer, failed, pause) = await TryAsync(what, where, path, body);
            var now = TimeProvider.System.GetUtcNow();
            if (failed is null)
            {
                _ledger.Acknowledged.Enqueue(new Acknowledgement(what, where, found?.Invoke(answer) ?? id, began, now - began, attempt));
                return answer;
            }
            _ledger.Failed.Enqueue(failed);
            _at++;
            await Task.Delay(pause, TimeProvider.System, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        return null;
    }

    private async Task<(JsonElement Answer, FailedAttempt? Failed, TimeSpan Pause)> TryAsync(string what, string where, string path, object body)
    {
        FailedAttempt Failure(string code, string detail) => new(TimeProvider.System.GetUtcNow(), what, where, Silo, code, detail);
        try
        {
            using var response = await _http.PostAsJsonAsync(new Uri(Silo, TestCentre.Path(path)), body, TestCentre.Json);
            var answer = await response.Content.ReadFromJsonAsync<JsonElement>();
            return response.IsSuccessStatusCode
                ? (answer, null, default)
                : (default, Failure(answer.GetProperty("code").GetString()!, answer.ToString()), response.Headers.RetryAfter?.Delta ?? s_pause);
        }
        catch (TaskCanceledException)
        {
            return (default, Failure("silent", ""), TimeSpan.Zero);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or SocketException)
        {
            return (default, Failure("refused", e.Message), s_pause);
        }
    }
}
