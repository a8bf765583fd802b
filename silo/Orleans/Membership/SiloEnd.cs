using System.Diagnostics.CodeAnalysis;

namespace Outrider.Silo.Orleans.Membership;

/// <summary>
/// Ends the process when Orleans says that this silo can't go on, above all when the others have declared it dead: its grains may live
/// elsewhere by then, so there is nothing to put in order. Whoever supervises the process starts it anew.
/// </summary>
internal sealed class SiloEnd(ILoggerFactory logs) : IFatalErrorHandler
{
    /// <summary>Exit code: try again (EX_TEMPFAIL of sysexits.h).</summary>
    public const int ExitCode = 75;

    public bool IsUnexpected(Exception exception) => true;

    [DoesNotReturn]
    public void OnFatalException(object? sender = null, string? context = null, Exception? exception = null)
    {
        // Written out, so that what follows is the last line. What Orleans knows more of it stands there.
        logs.Dispose();
        var why = context?.Contains("told I am dead", StringComparison.Ordinal) is true
            ? "the other silos have declared it dead, because it didn't answer them"
            : $"Orleans failed in {context ?? "an unknown place"}{(exception is null ? "" : $": {exception.GetType().Name}: {exception.Message}")}";
        Console.Error.WriteLine($"This silo ends and must be started again: {why}.");
        Environment.Exit(ExitCode);
    }
}
