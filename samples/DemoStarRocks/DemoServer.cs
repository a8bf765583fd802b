using System.Net;
using Outrider.MySql.Server;
using Outrider.Samples.DemoStarRocks.Scenarios;

namespace Outrider.Samples.DemoStarRocks;

/// <summary>Starts a demo StarRocks on this machine's loopback address.</summary>
public static class DemoServer
{
    /// <param name="scenario">The condition to tell.</param>
    /// <param name="options">Port, user and password.</param>
    /// <param name="time">Gives the front end's local time.</param>
    /// <param name="unanswered">Called with each statement that the scenario has no answer for.</param>
    /// <exception cref="System.Net.Sockets.SocketException">The port is taken.</exception>
    public static MySqlServer Start(Scenario scenario, DemoOptions options, TimeProvider time, Action<string>? unanswered = null)
    {
        var serverOptions = new ServerOptions
        {
            ServerVersion = scenario.HandshakeVersion,
            FindPassword = user => user == options.User ? options.Password : null,
            // A StarRocks front end ends results by EOF.
            OffersDeprecateEof = false,
        };
        var handler = new DemoHandler(scenario, time) { Unanswered = unanswered };
        return MySqlServer.Start(new(IPAddress.Loopback, options.Port), serverOptions, handler, time);
    }
}
