using Outrider.Grains.Runtime;

namespace Outrider.Tests.CrashHost;

/// <summary>A grain that saves one number after the other.</summary>
public interface IJournal : IGrain
{
    /// <summary>Saves the next number and returns it.</summary>
    Task<long> NextAsync();

    Task<JournalState> ReadAsync();
}
