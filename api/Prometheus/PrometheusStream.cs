using System.IO.Pipelines;
using System.Text.Json;
using Outrider.Api.Rest;

namespace Outrider.Api.Prometheus;

/// <summary>An answer on its way: what has become large is sent on, so that it never stands in memory as a whole.</summary>
internal sealed class PrometheusStream(PipeWriter to, CancellationToken cancellation) : IAsyncDisposable
{
    private const int SendAt = 64 * 1024;

    public Utf8JsonWriter Json { get; } = new(to, RestJson.Writer);

    public async ValueTask SendIfLargeAsync()
    {
        if (Json.BytesPending < SendAt)
            return;
        await Json.FlushAsync(cancellation);
        if ((await to.FlushAsync(cancellation)).IsCompleted)
            throw new OperationCanceledException("The reader has gone.");
    }

    public ValueTask DisposeAsync() => Json.DisposeAsync();
}
