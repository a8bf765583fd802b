using System.Text;

namespace Outrider.Grains.Notifications.Messages;

/// <summary>How much a receiver takes.</summary>
public static class MessageLimits
{
    /// <summary>Bytes of a title at most.</summary>
    public const int Title = 200;

    /// <summary>Bytes of a message at most, as <see cref="Markdown"/> has it.</summary>
    public static int Of(ChannelType type) => type switch
    {
        ChannelType.WeChatWork => 4_096,
        ChannelType.DingTalk or ChannelType.Feishu => 20_000,
        // Slack takes 40 000 characters, and up to five stand there for one of ours.
        ChannelType.Slack => 8_000,
        _ => 64 * 1024,
    };

    /// <summary>Title and content as one text, for receivers that show nothing else.</summary>
    public static string Markdown(Message message) => $"### {message.Title}\n\n{message.Content}";

    /// <summary>How many bytes are left for the content.</summary>
    internal static int ForContent(ChannelType type, string title) => Of(type) - Bytes(Markdown(new Message(title, "", default, [])));

    internal static int Bytes(string text) => Encoding.UTF8.GetByteCount(text);
}
