using System.Diagnostics;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Outrider.Bench.Tasks;

/// <summary>What a pipe and a WebSocket do by themselves: one process reads a program's output and sends it, another takes it and counts it.</summary>
internal static class PlainPump
{
    private const int FrameBytes = 64 * 1024;

    /// <summary>Takes one stream after the other until it is killed.</summary>
    public static async Task ServeAsync(int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        await using var app = builder.Build();
        app.UseWebSockets();
        app.Map("/", TakeAsync);
        await app.StartAsync();
        Console.WriteLine("ready");
        await app.WaitForShutdownAsync();
    }

    /// <summary>Sends what <c>cat</c> writes, and prints the seconds until the other side has it all.</summary>
    public static async Task SendAsync(Uri url, string file)
    {
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(url, default);
        var clock = Stopwatch.StartNew();
        using var program = Process.Start(new ProcessStartInfo("cat", [file]) { RedirectStandardOutput = true })!;
        var buffer = new byte[FrameBytes];
        while (await program.StandardOutput.BaseStream.ReadAsync(buffer) is > 0 and var read)
            await socket.SendAsync(buffer.AsMemory(0, read), WebSocketMessageType.Binary, endOfMessage: true, default);
        // Returns when the other side has answered, after all that came before.
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, default);
        Console.WriteLine(clock.Elapsed.TotalSeconds);
        Console.WriteLine(Environment.CpuUsage.TotalTime.TotalSeconds);
    }

    private static async Task TakeAsync(HttpContext http)
    {
        using var socket = await http.WebSockets.AcceptWebSocketAsync();
        var buffer = new byte[FrameBytes];
        while (await socket.ReceiveAsync(buffer.AsMemory(), default) is { MessageType: not WebSocketMessageType.Close })
        {
            // Only counted: nothing is done with it.
        }
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, default);
    }
}
