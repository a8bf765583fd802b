using FsCheck;
using FsCheck.Fluent;
using Outrider.MySql.Payloads;
using Outrider.MySql.Protocol;

namespace Outrider.Tests.Pure.MySql;

/// <summary>What is written reads back.</summary>
public sealed class PayloadPropertyTests
{
    private static readonly Config s_config = Config.QuickThrowOnFailure.WithMaxTest(1000);

    [Fact]
    public void LengthEncodedInteger_AnyValue_RoundTrips()
    {
        ulong[] edges = [0, 250, 251, 0xffff, 0x10000, 0xff_ffff, 0x100_0000, uint.MaxValue, ulong.MaxValue];
        Check(Gen.OneOf(Gen.Elements(edges), ArbMap.Default.GeneratorFor<ulong>()), value =>
        {
            var reader = new PayloadReader(Script.Payload(writer => writer.WriteLengthEncodedInteger(value)));
            return reader.TryReadLengthEncodedInteger(out var read) && read == value && reader.IsAtEnd;
        });
    }

    [Fact]
    public void TextRow_AnyCells_RoundTrips() => Check(Gen.ListOf(Texts()), cells =>
    {
        var payload = Script.Payload(writer => TextRowPayload.Write(writer, [.. cells]));
        var ranges = new CellRange[cells.Count];
        return TextRowPayload.TryRead(payload, ranges)
            && ranges.Zip(cells).All(pair => pair.First.IsNull
                ? pair.Second is null
                : pair.Second == System.Text.Encoding.UTF8.GetString(payload, pair.First.Start, pair.First.Length));
    });

    [Fact]
    public void Ok_AnyValues_RoundTrips() => Check(
        from affected in ArbMap.Default.GeneratorFor<ulong>()
        from id in ArbMap.Default.GeneratorFor<ulong>()
        from warnings in ArbMap.Default.GeneratorFor<ushort>()
        from info in Texts()
        select new OkPayload { AffectedRows = affected, LastInsertId = id, Warnings = warnings, Info = info ?? "" },
        ok => OkPayload.TryRead(Script.Payload(writer => ok.Write(writer)), out var read) && read == ok);

    [Fact]
    public void Err_AnyValues_RoundTrips() => Check(
        from code in ArbMap.Default.GeneratorFor<ushort>()
        from message in Texts()
        select new ErrPayload(code, "42S02", message ?? ""),
        error => ErrPayload.TryRead(Script.Payload(error.Write), out var read) && read == error);

    [Fact]
    public void ColumnDefinition_AnyValues_RoundTrips() => Check(
        from name in Texts()
        from table in Texts()
        from type in ArbMap.Default.GeneratorFor<byte>()
        from flags in ArbMap.Default.GeneratorFor<ushort>()
        from length in ArbMap.Default.GeneratorFor<uint>()
        select new ColumnDefinitionPayload
        {
            Name = name ?? "",
            Table = table ?? "",
            Type = (ColumnType)type,
            Flags = (ColumnFlags)flags,
            Length = length,
        },
        column => ColumnDefinitionPayload.TryRead(Script.Payload(column.Write), out var read) && read == column);

    [Fact]
    public void HandshakeResponse_AnyValues_RoundTrips() => Check(
        from user in Texts()
        from database in Texts()
        from answer in ArbMap.Default.GeneratorFor<byte[]>()
        from isLengthEncoded in ArbMap.Default.GeneratorFor<bool>()
        select new HandshakeResponsePayload
        {
            Capabilities = isLengthEncoded ? Script.ServerCapabilities : Script.ServerCapabilities & ~Capabilities.PluginAuthLengthEncoded,
            MaxPacketBytes = 1 << 20,
            User = user ?? "",
            AuthenticationResponse = answer,
            Database = string.IsNullOrEmpty(database) ? null : database,
            AuthenticationPlugin = AuthenticationPlugins.CachingSha2Password,
        },
        response => HandshakeResponsePayload.TryRead(Script.Payload(response.Write), out var read)
            && read.AuthenticationResponse.SequenceEqual(response.AuthenticationResponse)
            && read with { AuthenticationResponse = response.AuthenticationResponse } == response);

    /// <summary>Valid Unicode without NUL, or null.</summary>
    private static Gen<string?> Texts() => Gen.OneOf(
        Gen.Constant<string?>(null),
        Gen.ListOf(Gen.Elements("a", "é", "磁", "🐇", "'", "\\", " ", new string('x', 260))).Select(parts => (string?)string.Concat(parts)));

    private static void Check<T>(Gen<T> values, Func<T, bool> property) =>
        FsCheck.Check.One(s_config, Prop.ForAll(values.ToArbitrary(), property));
}
