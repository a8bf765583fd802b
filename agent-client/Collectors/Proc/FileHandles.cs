namespace Outrider.Agent.Collectors.Proc;

/// <summary><c>/proc/sys/fs/file-nr</c> (proc_sys_fs(5)).</summary>
/// <param name="Used">Handles in use.</param>
/// <param name="Max">Null: as many as memory allows, which newer kernels write as the largest integer.</param>
internal readonly record struct FileHandles(double? Used, double? Max)
{
    public static FileHandles Read(ReadOnlySpan<byte> text)
    {
        var lines = new LineReader(text);
        lines.TryNext(out var line);
        var fields = new FieldReader(line);
        var (allocated, free, max) = (fields.Unsigned(), fields.Unsigned(), fields.Unsigned());
        return new(allocated >= free ? allocated - free : null, max < long.MaxValue ? max : null);
    }
}
