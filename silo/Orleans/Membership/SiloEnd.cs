using System.Diagnostics.CodeAnalysis;

namespace Outrider.Silo.Orleans.Membership;

/// <summary>
/// Ends the process when Orleans says that this silo can't go on, above all when the others have declared it dead: its grains may live
/// elsewhere by then, so there is nothing to put in order. Whoever supervises the process starts it anew.
/// </summary>
internal sealed class SiloEnd : IFatalErrorHandler
{
    /// <summary>Exit code: try again (EX_TEMPFAIL of sysexits.h).</summary>
    public const int ExitCode = 75;

    public bool IsUnexpected(Exception exception) => true;

    [DoesNotReturn]
    public void OnFatalException(object? sender = null, string? context = null, Exception? exception = null)
    {
        Console.Error.WriteLine(
            $"This silo ends and must be started again: {context ?? "a fault"}{(exception is null ? "" : $" ({exception.GetType().Name}: {exception.Message})")}");
        Environment.Exit(ExitCode);
    }
}
