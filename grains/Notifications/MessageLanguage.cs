namespace Outrider.Grains.Notifications;

/// <summary>In which language a channel's messages are written.</summary>
public enum MessageLanguage
{
    Zh,
    En,
}
