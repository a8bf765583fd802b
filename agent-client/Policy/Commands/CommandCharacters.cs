using System.Globalization;
using System.Text;
using Outrider.Protocol.Outcomes;

namespace Outrider.Agent.Policy.Commands;

/// <summary>Characters that no command may hold, quoted or not: those that end it early and those that hide from its reader what it is.</summary>
internal static class CommandCharacters
{
    /// <summary>Letters and marks that show nothing, though Unicode doesn't call them formats: fillers, a blank pattern, variation selectors.</summary>
    private static bool ShowsNothing(int rune) =>
        rune is 0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or 0x2800 or 0x3164 or 0xFFA0 or (>= 0x180B and <= 0x180F) or (>= 0xFE00 and <= 0xFE0F)
            or (>= 0xE0100 and <= 0xE01EF);

    private static bool IsHidden(UnicodeCategory category) => category is UnicodeCategory.Format or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned;

    /// <summary>Null: the text has none of them.</summary>
    public static Problem? Fault(string text)
    {
        for (var at = 0; at < text.Length;)
        {
            if (!Rune.TryGetRuneAt(text, at, out var rune))
                return PolicyRefusal.Because("syntax.invisible", $"The command has half a surrogate pair at {at}, which is no character.");
            if ((rune.Value < ' ' && rune.Value != '\t') || rune.Value is >= 0x7F and <= 0x9F)
                return PolicyRefusal.Because("syntax.control", $"The command has the control character U+{rune.Value:X4} at {at}. Leave it out; a command is one line.");
            if (rune.Value != ' ' && (ShowsNothing(rune.Value) || IsHidden(Rune.GetUnicodeCategory(rune))))
                return PolicyRefusal.Because("syntax.invisible",
                    $"The command has the character U+{rune.Value:X4} at {at}, which doesn't show or shows as something else. Leave it out.");
            at += rune.Utf16SequenceLength;
        }
        return null;
    }
}
