using System.Net;
using System.Text;
using Outrider.Testing.Processes;

namespace Outrider.Tests.EndToEnd;

/// <summary>An endpoint in Prometheus' format whose one gauge is a number that rises by one each time it is asked.</summary>
internal sealed class NumberedEndpoint : IAsyncDisposable
{
    public const string Metric = "test_number";

    private readonly HttpListener _listener = new();
    private readonly Task _serving;
    private int _number;

    public NumberedEndpoint()
    {
        Url = new Uri($"http://127.0.0.1:{FreePort.Next()}/metrics");
        _listener.Prefixes.Add(new Uri(Url, "/").ToString());
        _listener.Start();
        _serving = ServeAsync();
    }

    public Uri Url { get; }

    /// <summary>The last number given away.</summary>
    public int Given => Volatile.Read(ref _number);

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _serving;
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var context = await _listener.GetContextAsync();
                var text = Encoding.UTF8.GetBytes($"# TYPE {Metric} gauge\n{Metric} {Interlocked.Increment(ref _number)}\n");
                context.Response.ContentType = "text/plain; version=0.0.4";
                context.Response.ContentLength64 = text.Length;
                await context.Response.OutputStream.WriteAsync(text);
                context.Response.Close();
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or InvalidOperationException)
        {
            // Closed; or the agent was killed while it asked, and the test ends with that.
        }
    }
}
