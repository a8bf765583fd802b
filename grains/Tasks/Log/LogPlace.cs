using System.Globalization;
using Outrider.Protocol.Tasks;

namespace Outrider.Grains.Tasks.Log;

/// <summary>
/// A place between two rows of a task's log, from which it can be read on without loss or repetition. Written
/// <c>attempt.chunk.stdout.stderr.note</c>; to readers it is just an id, and each row has one of its own.
/// </summary>
/// <param name="Attempt">The attempt.</param>
/// <param name="Chunk">The first chunk of which something is still to be told.</param>
/// <param name="Stdout">Bytes of the stream that have been told, or told to be missing.</param>
/// <param name="Stderr">The same.</param>
/// <param name="Note">The same.</param>
public readonly record struct LogPlace(int Attempt, uint Chunk, long Stdout, long Stderr, long Note)
{
    private const int Parts = 5;
    private const int MaxLength = 100;

    /// <summary>The chunk after which the store is to be read.</summary>
    public LogPosition? Before => Attempt == 0 ? null
        : Chunk > 0 ? new LogPosition(Attempt, Chunk - 1)
        : new LogPosition(Attempt - 1, uint.MaxValue);

    /// <summary>Bytes of a stream that have been told.</summary>
    public long Of(TaskStream stream) => stream switch
    {
        TaskStream.Stdout => Stdout,
        TaskStream.Stderr => Stderr,
        _ => Note,
    };

    public LogPlace With(TaskStream stream, long told) => stream switch
    {
        TaskStream.Stdout => this with { Stdout = told },
        TaskStream.Stderr => this with { Stderr = told },
        _ => this with { Note = told },
    };

    /// <summary>False: it is none.</summary>
    public static bool TryParse(string? text, out LogPlace place)
    {
        place = default;
        if (text is not { Length: > 0 and <= MaxLength })
            return false;
        var numbers = new long[Parts];
        var parts = text.Split('.');
        for (var i = 0; i < parts.Length; i++)
        {
            if (parts.Length != Parts || !long.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[i]))
                return false;
        }
        if (numbers[0] is < 1 or > int.MaxValue || numbers[1] > uint.MaxValue)
            return false;
        place = new LogPlace((int)numbers[0], (uint)numbers[1], numbers[2], numbers[3], numbers[4]);
        return true;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Attempt}.{Chunk}.{Stdout}.{Stderr}.{Note}");
}
