using System.Threading.Channels;
using ModelContextProtocol;
using Outrider.Grains.Diagnosis;

namespace Outrider.Api.Mcp.Tools;

/// <summary>
/// Passes a diagnosis' progress on to the client without letting a slow client hold the diagnosis up: the oldest steps give way.
/// Disposing it sends what is left.
/// </summary>
internal sealed class ProgressRelay : IDiagnosisProgress, IAsyncDisposable
{
    private readonly Channel<ProgressNotificationValue> _steps =
        Channel.CreateBounded<ProgressNotificationValue>(new BoundedChannelOptions(16) { FullMode = BoundedChannelFullMode.DropOldest });

    private readonly Task _sending;

    public ProgressRelay(Func<ProgressNotificationValue, Task> send) => _sending = SendAsync(send);

    public Task OnProgressAsync(string step, int done, int total)
    {
        _steps.Writer.TryWrite(new ProgressNotificationValue { Progress = done, Total = total, Message = step });
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        _steps.Writer.TryComplete();
        await _sending;
    }

    /// <summary>Steps may arrive out of order, but the protocol wants progress that only rises.</summary>
    private async Task SendAsync(Func<ProgressNotificationValue, Task> send)
    {
        var last = 0f;
        await foreach (var step in _steps.Reader.ReadAllAsync())
        {
            if (step.Progress <= last)
                continue;
            last = step.Progress;
            try
            {
                await send(step);
            }
            catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
            {
                // The client is gone; the call itself notices.
            }
        }
    }
}
