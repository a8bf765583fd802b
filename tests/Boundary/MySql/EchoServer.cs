using System.Net;
using Outrider.MySql.Client;
using Outrider.MySql.Protocol;
using Outrider.MySql.Server;
using Outrider.MySql.Transport;

namespace Outrider.Tests.Boundary.MySql;

/// <summary>The server half with <see cref="EchoHandler"/>, and options that reach it.</summary>
internal sealed class EchoServer : IAsyncDisposable
{
    public const string Password = "päss word";

    private EchoServer(IPAddress address, ServerOptions options, TimeProvider time) =>
        Server = MySqlServer.Start(new(address, 0), options, Handler, time);

    public EchoHandler Handler { get; } = new();

    public MySqlServer Server { get; }

    public ClientOptions Client => new()
    {
        Host = Server.Address.Address.ToString(),
        Port = Server.Address.Port,
        User = "admin",
        Password = Password,
        Tls = TlsMode.Disabled,
    };

    public static EchoServer Start(Func<ServerOptions, ServerOptions>? change = null, TimeProvider? time = null, string address = "127.0.0.1")
    {
        var options = new ServerOptions
        {
            FindPassword = user => user switch { "admin" => Password, "other" => Password, "open" => "", _ => null },
            AuthenticationPlugin = AuthenticationPlugins.CachingSha2Password,
        };
        return new(IPAddress.Parse(address), change is null ? options : change(options), time ?? TimeProvider.System);
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
