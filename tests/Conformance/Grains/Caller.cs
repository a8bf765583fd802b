using Outrider.Grains.Runtime;

namespace Outrider.Tests.Conformance.Grains;

public class Caller(GrainContext context) : Grain(context), ICaller
{
    private ObserverRef<IListener>? _listener;

    public Task AttachAsync(ObserverRef<IListener> listener)
    {
        _listener = listener;
        return Task.CompletedTask;
    }

    public async Task<string> TellAsync(string text, CancellationToken cancellation)
    {
        try
        {
            return await Context.Observers.Get(_listener!).HearAsync(text, cancellation);
        }
        catch (ObserverGoneException)
        {
            return "gone";
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return $"failed: {e.Message}";
        }
    }

    public async Task<List<string>> TellAllAsync(List<string> texts)
    {
        var listener = Context.Observers.Get(_listener!);
        var answers = await Task.WhenAll(texts.Select(text => listener.HearAsync(text, CancellationToken.None)));
        return [.. answers];
    }
}
