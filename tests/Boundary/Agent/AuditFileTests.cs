using Outrider.Agent.Audit;

namespace Outrider.Tests.Boundary.Agent;

public sealed class AuditFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("outrider-audit-").FullName;

    private string Path => System.IO.Path.Combine(_folder, "audit.jsonl");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Append_SeveralOpenings_KeepsOneWholeChain()
    {
        for (var opening = 0; opening < 3; opening++)
        {
            using var audit = Open();
            for (var i = 0; i < 5; i++)
                Assert.True(audit.Append(Line($"SELECT {i} -- \"}} 中文 \n")).Ok);
        }

        Assert.Null(AuditVerifier.FirstFault(File.ReadLines(Path)));
        Assert.Equal(15, AuditChain.Open(System.Text.Encoding.UTF8.GetBytes(File.ReadLines(Path).Last()))!.Value.Line.Seq);
    }

    [Fact]
    public void Open_TornLastLine_CutsItOffAndGoesOn()
    {
        using (var audit = Open())
            audit.Append(Line("SELECT 1"));
        File.AppendAllText(Path, "{\"seq\":2,\"at\":\"20");

        using (var audit = Open())
            audit.Append(Line("SELECT 2"));

        Assert.Equal(2, File.ReadLines(Path).Count());
        Assert.Null(AuditVerifier.FirstFault(File.ReadLines(Path)));
    }

    [Fact]
    public void Open_ChangedLastLine_IsRefused()
    {
        using (var audit = Open())
            audit.Append(Line("SELECT 1"));
        File.WriteAllText(Path, File.ReadAllText(Path).Replace("SELECT 1", "SELECT 9"));

        Assert.Throws<IOException>(Open);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void FirstFault_ChangedLine_NamesIt(int changed)
    {
        using (var audit = Open())
        {
            for (var i = 0; i < 3; i++)
                audit.Append(Line("SELECT " + i));
        }
        var lines = File.ReadAllLines(Path);
        lines[changed] = lines[changed].Replace("SELECT", "DELETE");

        Assert.StartsWith($"line {changed + 1}:", AuditVerifier.FirstFault(lines));
    }

    [Fact]
    public void FirstFault_RemovedLine_NamesTheNext()
    {
        using (var audit = Open())
        {
            for (var i = 0; i < 3; i++)
                audit.Append(Line("SELECT " + i));
        }
        var lines = File.ReadAllLines(Path);

        Assert.StartsWith("line 2:", AuditVerifier.FirstFault([lines[0], lines[2]]));
    }

    [Fact]
    public void Open_AnyFolder_IsReadableByItsOwnerOnly()
    {
        using (Open())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path));
    }

    private AuditFile Open() => AuditFile.OpenIn(_folder, TimeProvider.System);

    private static AuditLine Line(string sql) => new() { Event = "allowed", TaskId = "t", Type = "sql", Command = sql };
}
