namespace Outrider.Testing.Processes;

/// <summary>Other processes raise no event here, so this asks until it is so.</summary>
public static class Eventually
{
    /// <summary>As the other one, of a server that nobody watches.</summary>
    public static Task SoAsync(string what, Func<Task<bool>> isSo) => SoAsync(what, isSo, () => false, () => "");

    /// <summary>Returns once it is so; throws after <see cref="TestTimeouts.Default"/>, or when nobody is left who could make it so.</summary>
    /// <param name="what">What is to come to pass, for the message.</param>
    /// <param name="isSo">Asked every 50 ms. A failed request means: not yet.</param>
    /// <param name="isHopeless">Whether waiting is no use any more.</param>
    /// <param name="output">What the processes have printed.</param>
    public static async Task SoAsync(string what, Func<Task<bool>> isSo, Func<bool> isHopeless, Func<string> output)
    {
        using var timeout = new CancellationTokenSource(TestTimeouts.Default, TimeProvider.System);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        var last = "";
        do
        {
            try
            {
                if (await isSo())
                    return;
            }
            catch (HttpRequestException e)
            {
                last = e.Message;
            }
        }
        while (!isHopeless() && !timeout.IsCancellationRequested && await tick.WaitForNextTickAsync(CancellationToken.None));
        throw new TimeoutException($"It didn't come to pass that {what} ({last}).\n{output()}");
    }
}
