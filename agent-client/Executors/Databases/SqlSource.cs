using System.IO.Compression;
using System.Text;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;

namespace Outrider.Agent.Executors.Databases;

/// <summary>Brings the text that a task runs: of its file, else of its command.</summary>
/// <param name="folder">Where a file waits while it is read.</param>
/// <param name="transfers">Brings files of the centre; null: this agent has no files.</param>
/// <param name="extension">Of the text in a .zip: <c>.sql</c>, <c>.json</c>.</param>
internal sealed class SqlSource(string folder, IFileTransfers? transfers, string extension)
{
    /// <summary>Most bytes of text.</summary>
    public const int MaxBytes = 16 * 1024 * 1024;

    private const long MaxZipBytes = 64L * 1024 * 1024;
    private const int MaxEntries = 1000;

    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>
    /// The text. <c>file_not_found</c>, <c>file_invalid</c> (no such file in the .zip, no UTF-8), <c>payload_too_large</c>, <c>unavailable</c>,
    /// <c>invalid_argument</c>: there is no text.
    /// </summary>
    public async Task<Outcome<string>> ReadAsync(TaskCreate task, string? fileName, CancellationToken cancellation)
    {
        if (task.File is not { } file)
            return string.IsNullOrWhiteSpace(task.Command) ? new Problem(ProblemCodes.InvalidArgument, "The command is empty, and there is no file.") : task.Command;
        if (transfers is null)
            return new Problem(ProblemCodes.Unavailable, "This agent can't fetch files of the centre.");
        var isZip = file.Name.EndsWith(".zip", StringComparison.OrdinalIgnoreCase);
        if (file.Size > (isZip ? MaxZipBytes : MaxBytes))
            return TooLarge(isZip ? MaxZipBytes : MaxBytes);
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, Guid.NewGuid().ToString("N"));
        try
        {
            if (await transfers.FetchAsync(file, path, cancellation) is { } problem)
                return problem;
            await using var content = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            return isZip ? await UnzipAsync(content, fileName, cancellation) : await TextAsync(content, cancellation);
        }
        catch (InvalidDataException)
        {
            return Invalid("The .zip file can't be read.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new Problem(ProblemCodes.Unavailable, $"The task's file can't be kept on this machine: {e.Message}");
        }
        finally
        {
            File.Delete(path);
        }
    }

    private async Task<Outcome<string>> UnzipAsync(Stream content, string? fileName, CancellationToken cancellation)
    {
        await using var zip = new ZipArchive(content, ZipArchiveMode.Read);
        if (zip.Entries.Count > MaxEntries)
            return Invalid($"The .zip file holds more than {MaxEntries} files.");
        var entry = fileName is null
            ? zip.Entries.FirstOrDefault(entry => entry.Name.EndsWith(extension, StringComparison.OrdinalIgnoreCase))
            : zip.Entries.FirstOrDefault(entry => entry.FullName == fileName);
        if (entry is null)
            return Invalid(fileName is null ? $"The .zip file holds no {extension} file." : "The .zip file holds no file of the name params.file_name.");
        await using var text = await entry.OpenAsync(cancellation);
        return await TextAsync(text, cancellation);
    }

    /// <summary>Reads at most one byte too many, whatever a .zip says of its sizes.</summary>
    private static async Task<Outcome<string>> TextAsync(Stream content, CancellationToken cancellation)
    {
        using var bytes = new MemoryStream();
        var block = new byte[64 * 1024];
        int read;
        while ((read = await content.ReadAsync(block, cancellation)) > 0)
        {
            if (bytes.Length + read > MaxBytes)
                return TooLarge(MaxBytes);
            await bytes.WriteAsync(block.AsMemory(0, read), cancellation);
        }
        try
        {
            return s_utf8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
        }
        catch (DecoderFallbackException)
        {
            return Invalid("The file is no text in UTF-8.");
        }
    }

    private static Problem TooLarge(long most) => new(ProblemCodes.PayloadTooLarge, $"The task's file holds more than {most} bytes. Split it.");

    private static Problem Invalid(string message) => new(ProblemCodes.FileInvalid, message);
}
