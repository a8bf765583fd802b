using Microsoft.AspNetCore.Hosting.Server;
using Outrider.Silo.Orleans.Configuration;

namespace Outrider.Silo.Orleans.Membership;

/// <summary>
/// What happens between SIGTERM and the end: readiness says no and links are told to dial again at once; requests are taken for
/// <see cref="SiloSettings.Drain"/> more; those that run may end; then Orleans deactivates the grains and leaves the cluster. However far
/// that has got, the process ends after <see cref="Limit"/>.
/// </summary>
internal sealed class Drain(IServer server, SiloSettings options, IHostApplicationLifetime lifetime, ILogger<Drain> log) : IHostedLifecycleService, IDisposable
{
    /// <summary>From SIGTERM to the end.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(25);

    /// <summary>Of <see cref="Limit"/>, what may pass until Orleans leaves without waiting for its grains.</summary>
    public static readonly TimeSpan InOrder = TimeSpan.FromSeconds(22);

    private static readonly TimeSpan s_requests = TimeSpan.FromSeconds(8);

    private CancellationTokenRegistration _stopping;
    private ITimer? _limit;

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        _stopping = lifetime.ApplicationStopping.Register(() => _limit = options.Time.CreateTimer(_ => End(), null, Limit, Timeout.InfiniteTimeSpan));
        return Task.CompletedTask;
    }

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(options.Drain, options.Time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        using var limit = new CancellationTokenSource(s_requests, options.Time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        await server.StopAsync(both.Token);
    }

    public void Dispose()
    {
        _stopping.Dispose();
        _limit?.Dispose();
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void End()
    {
        log.LogWarning("Not everything has ended within {Limit}; the process ends now, and the other silos will notice", Limit);
        Environment.Exit(0);
    }
}
