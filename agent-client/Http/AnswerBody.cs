using System.Buffers;
using Outrider.Agent.Executors;
using Outrider.Protocol.Tasks;

namespace Outrider.Agent.Http;

/// <summary>The body of an answer, once it went by.</summary>
/// <param name="Head">Its beginning.</param>
/// <param name="Bytes">Bytes read.</param>
/// <param name="Cut">Whether it was longer than was read.</param>
internal sealed record AnswerBody(byte[] Head, long Bytes, bool Cut)
{
    private const int BufferBytes = 32 * 1024;

    /// <summary>Whether <see cref="Head"/> is all of it.</summary>
    public bool Whole => !Cut && Head.Length == Bytes;

    /// <summary>Reads a body to its end, or as far as it may go, and writes it to a task's output on the way.</summary>
    /// <param name="content">The answer's content.</param>
    /// <param name="keep">Most bytes of its beginning to keep.</param>
    /// <param name="max">Most bytes to read.</param>
    /// <param name="output">Where it goes; null: nowhere.</param>
    /// <param name="cancellation">Gives up.</param>
    public static async Task<AnswerBody> ReadAsync(HttpContent content, int keep, long max, ITaskOutput? output, CancellationToken cancellation)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellation);
        using var head = new MemoryStream();
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        long bytes = 0;
        try
        {
            while (await stream.ReadAsync(buffer, cancellation) is > 0 and var read)
            {
                var part = (int)Math.Min(read, max - bytes);
                head.Write(buffer.AsSpan(0, (int)Math.Min(part, keep - head.Length)));
                if (output is not null && part > 0)
                    await output.WriteAsync(TaskStream.Stdout, buffer.AsMemory(0, part), cancellation);
                bytes += part;
                if (part < read)
                    return new AnswerBody(head.ToArray(), bytes, Cut: true);
            }
            return new AnswerBody(head.ToArray(), bytes, Cut: false);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
