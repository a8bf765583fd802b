using Outrider.Grains.Files;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Operations.Files;

/// <summary>Turns a disk that is full or fails into a problem. What a sender's connection throws isn't touched.</summary>
internal static class DiskFaults
{
    private const int DiskFull = 28; // ENOSPC, which .NET gives as it is; Windows has a number of its own.
    private const int WindowsDiskFull = unchecked((int)0x80070070);

    /// <summary>Writes. Null: it is written.</summary>
    public static async ValueTask<Problem?> WriteAsync(IFileUpload upload, ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        try
        {
            await upload.WriteAsync(bytes, cancellation);
            return null;
        }
        catch (IOException e)
        {
            return Describe(e);
        }
    }

    public static async Task<Outcome<T>> OrProblemAsync<T>(Func<Task<Outcome<T>>> work)
    {
        try
        {
            return await work();
        }
        catch (IOException e)
        {
            return Describe(e);
        }
    }

    private static Problem Describe(IOException e) => new(ProblemCodes.Unavailable, e.HResult is DiskFull or WindowsDiskFull
        ? "The centre's disk is full: nothing of this file was kept. Delete files, or tell its operator."
        : $"The centre's disk fails: {e.Message}")
    {
        RetryAfterSeconds = 30,
    };
}
