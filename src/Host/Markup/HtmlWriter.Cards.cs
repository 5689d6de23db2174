using System.Globalization;

namespace MoocPlatform.Markup;

/// <summary>What stands elsewhere: video, audio and external resources. Nothing of them is loaded before the reader asks for it.</summary>
internal sealed partial class HtmlWriter
{
    private void WriteDirective(Directive directive)
    {
        var line = DirectiveLine.Read(directive);
        var address = Address.Of(line.Url, options.AssetBase);
        foreach (var (message, arguments) in line.Problems) Report(directive, message, arguments);

        if (!DirectiveLine.Knows(directive.Name)) Report(directive, Wording.UnknownDirective, directive.Name);
        else if (line.Url.Length == 0) Report(directive, Wording.DirectiveAddress, directive.Name);
        else if (address.Kind is not (AddressKind.Web or AddressKind.Asset)) Report(directive, Wording.RefusedAddress, line.Url);
        else
        {
            var title = line.Title.Length > 0 ? line.Title : line.Url;
            if (options.For == MarkupFor.Post) WritePlainLink(address, line.Url, title);
            else if (directive.Name == "video") WriteVideo(address, title, line, directive);
            else if (directive.Name == "audio") WriteAudio(address, title, line, directive);
            else WriteResource(address, title, line);
            return;
        }

        _html.Add($"<p>::{directive.Name} {directive.Rest}</p>\n");
    }

    private void WritePlainLink(Address address, string url, string title)
    {
        _html.Add($"<p>");
        WriteAnchor(address, url, title: null, () => _html.AddText(title));
        _html.Add($"</p>\n");
    }

    private void WriteVideo(Address address, string title, DirectiveLine line, Directive directive)
    {
        Remember(address, line.Url);
        _html.Add($"<figure class=\"video-card\"><svg class=\"cover\" data-hue=\"sea\" aria-hidden=\"true\"><use href=\"/icons.svg#cover-orbit\"/></svg>");
        _html.Add($"<a class=\"play\"");
        WriteHref(address);
        _html.Add($" data-video><span>");
        WriteIcon("play");
        _html.Add($"{PlayLabel(line, Wording.PlayVideo, Wording.PlayVideoMinutes)}</span><span class=\"visually-hidden\">: {title}</span></a>");
        _html.Add($"<div><strong>{title}</strong>");
        WriteHost(address);
        WriteCompanions(line, directive);
        _html.Add($"</div></figure>\n");
    }

    private void WriteAudio(Address address, string title, DirectiveLine line, Directive directive)
    {
        Remember(address, line.Url);
        _html.Add($"<figure class=\"callout\">");
        WriteIcon("play");
        _html.Add($"<strong>{title}</strong><p><a");
        WriteHref(address);
        _html.Add($" data-audio>{PlayLabel(line, Wording.PlayAudio, Wording.PlayAudioMinutes)}<span class=\"visually-hidden\">: {title}</span></a></p>");
        WriteHost(address);
        WriteCompanions(line, directive);
        _html.Add($"</figure>\n");
    }

    private string PlayLabel(DirectiveLine line, string phrase, string phraseWithMinutes) =>
        line.Minutes is { } minutes ? Say(phraseWithMinutes, minutes.ToString(CultureInfo.InvariantCulture)) : Say(phrase);

    private void WriteHost(Address address)
    {
        if (address.Kind == AddressKind.Web) _html.Add($"<p class=\"small soft\">{Say(Wording.HostedOn, address.Host)}</p>");
    }

    private void WriteCompanions(DirectiveLine line, Directive directive)
    {
        var transcript = line["transcript"] is { Length: > 0 } url ? Address.Of(url, options.AssetBase) : default;
        var hasTranscript = transcript.Kind is AddressKind.Web or AddressKind.Asset;
        if (line["transcript"] is { } refused && !hasTranscript) Report(directive, Wording.RefusedAddress, refused);

        var captions = line["captions"];
        if (string.IsNullOrWhiteSpace(captions) && !hasTranscript) return;

        _html.Add($"<p class=\"links small\">");
        if (!string.IsNullOrWhiteSpace(captions))
        {
            _html.Add($"<span>");
            WriteIcon("captions");
            _html.Add($"{Say(Wording.Captions, captions)}</span>");
        }

        if (hasTranscript)
        {
            Remember(transcript, line["transcript"]!);
            _html.Add($"<a");
            WriteHref(transcript);
            _html.Add($">");
            WriteIcon("lesson");
            _html.Add($"{Say(Wording.Transcript)}</a>");
        }

        _html.Add($"</p>");
    }

    private void WriteResource(Address address, string title, DirectiveLine line)
    {
        Remember(address, line.Url);
        _html.Add($"<figure class=\"callout\">");
        WriteIcon("external");
        _html.Add($"<strong><a");
        WriteHref(address);
        _html.Add($">{title}</a></strong><p class=\"links small\">");
        if (address.Host.Length > 0) _html.Add($"<span>{address.Host}</span>");
        if (line["source"] is { Length: > 0 } source) _html.Add($"<span>{Say(Wording.Source, source)}</span>");
        if (line["licence"] is { Length: > 0 } licence) _html.Add($"<span>{Say(Wording.Licence, licence)}</span>");
        _html.Add($"</p></figure>\n");
    }

    private void Remember(Address address, string written)
    {
        if (address.Kind == AddressKind.Asset) _assets.Add(address.Asset);
        else _links.Add(written);
    }
}
