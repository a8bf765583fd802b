using Outrider.Grains.Runtime;

namespace Outrider.Tests.Conformance;

/// <summary>One host under test, with the grains of <c>Grains/</c> registered under the names of <see cref="GrainNames"/>.</summary>
public interface IHostFixture : IAsyncDisposable
{
    IGrains Grains { get; }

    IFeeds Feeds { get; }

    IObservers Observers { get; }

    TimeSpan CallDeadline { get; }

    /// <summary>Lets time pass for the host.</summary>
    Task AdvanceAsync(TimeSpan by);

    /// <summary>Lets so much time pass that every grain which isn't used meanwhile is idle.</summary>
    Task LetIdleAsync();

    /// <summary>Drops everything in memory, without hooks, and starts again on the same store.</summary>
    Task CrashAsync();

    /// <summary>Stops in order and starts again on the same store.</summary>
    Task RestartAsync();

    /// <summary>Writes a grain's state past the host, as another process would.</summary>
    Task OverwriteStateAsync<T>(string grain, string key, T state) where T : class;
}
