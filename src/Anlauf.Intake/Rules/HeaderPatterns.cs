using System.Text.RegularExpressions;

namespace Anlauf.Intake.Rules;

/// <summary>How minutes, resolutions and motions word what stands at their top.</summary>
internal sealed partial class Header
{
    private const string Laender = @"Baden-Württemberg|Bayern|Berlin|Brandenburg|Bremen|Hamburg|Hessen|Mecklenburg-Vorpommern|Niedersachsen|Nordrhein-Westfalen|NRW|Rheinland-Pfalz|Saarland|Sachsen-Anhalt|Sachsen|Schleswig-Holstein|Thüringen";
    private const string Parties = @"DIE\sLINKE\.?|Die\sLinke\.?|LINKEN?\.?|Linken|SPD|CDU|CSU|FDP|Freien?\sDemokraten|(?:Bündnis|BÜNDNIS)\s90\s?/\s?(?:Die|DIE)\s(?:Grünen|GRÜNEN)|GRÜNEN?|Grünen?|AfD|Piratenpartei|PIRATEN|Piraten|Volt|BSW|Freien?\sWähler|FREIE\sWÄHLER|ÖDP|Die\sPARTEI|Jusos|Jungsozialist\w*|Jungen?\sUnion|JU|Jungen?\sLiberalen?|JuLis|Grünen?\sJugend|GRÜNE\sJUGEND|[Ll]inksjugend(?:\s\['solid\])?|SJD\s-\sDie\sFalken|Falken";
    private const string Places = @"\p{Lu}[\p{L}-]+(?:[-\s/](?:am|an\sder|im|bei|in)\s\p{Lu}[\p{L}-]+|-\p{Lu}[\p{L}-]+)?(?:[ ](?:Land|Stadt|Nord|Süd|Ost|West|Mitte)(?![\p{L}-]))?";

    [GeneratedRegex(@"(?<org>(?:" + Parties + @")\s(?:" + Laender + @"))(?![\p{L}-])|(?<org>(?:" + Parties + @"),?[-\s](?:Landes|Kreis|Orts|Stadt|Unterbezirks|Bezirks|Regional|Gemeinde)(?:verband|verein|vereinigung|bezirk|partei|organisation)?e?s?\s" + Places + @")|(?<org>(?:Landes|Kreis|Orts|Stadt|Unterbezirks|Bezirks|Regional|Gemeinde)(?:verband|verein)e?s?\s(?:der\s)?(?:" + Parties + @")(?:\s(?!am\b|vom\b)" + Places + @")?)|(?<org>(?:" + Parties + @")\s(?:OV|KV|LV|UB|SV|Unterbezirk|Bezirk)\s" + Places + @")|(?<org>(?:OV|KV|LV|UB|SV|Unterbezirk|Ortsverein|Kreisverband|Landesverband|Stadtverband)\s" + Places + @")", RegexOptions.CultureInvariant, 5000)]
    private static partial Regex PartyWithLand();
    /// <summary>„Piraten Talheim": a party and a place at the top of the document.</summary>
    [GeneratedRegex(@"(?<![\p{L}-])(?<org>(?:" + Parties + @")\s(?!(?:Protokoll|Vorst|Kreis|Landes|Orts|Stadt|Bundes|Bezirk|Unterbezirk|Regional|Fraktion|Mitglied|Beschl|Antrag|Sitzung|Partei|Haupt|Jugend|Treffen|Telko|Niederschrift|Termin|Datum|Liste|Gäste|Gast|Sie|Wir|Ich|Der|Die|Das|Es|Ein|Im|In|Am|Und|Für|Zu|Auf|Mit|Zur|Zum|Von|Vom|Bei|Nach|Online|Begr|Tagesord))\p{Lu}\p{Ll}{2,}(?:-\p{Lu}\p{Ll}+)*)(?![\p{L}-])", RegexOptions.CultureInvariant, 5000)]
    private static partial Regex PartyWithPlace();
    /// <summary>„FDP-Fraktion im Kreistag Weserland", „Fraktion DIE LINKE im Rat der Stadt Hellenbach".</summary>
    [GeneratedRegex(@"(?<![\p{L}-])(?<org>(?:(?:" + Parties + @")[- ](?:[\p{L}-]*)?[Ff]raktion|[\p{L}-]*[Ff]raktion\s(?:der\s)?(?:" + Parties + @"))\s(?:im|in\sder)\s(?:[\p{L}-]*(?:[Kk]reistag|[Rr]at|[Ll]andtag|[Vv]ertretung|[Vv]ersammlung|[Bb]ürgerschaft|[Bb]eirat))(?:\s(?:der\s(?:Stadt|Gemeinde)|des\sLandkreises))?\s" + Places + @")", RegexOptions.CultureInvariant, 5000)]
    private static partial Regex CouncilGroup();
    [GeneratedRegex(@"^\d{1,2}(?:[:.]\d\d)?(?:\s*Uhr)?\s*(?:bis|[-–])\s*$")]
    private static partial Regex FromTo();
    [GeneratedRegex(@"^(?:\d{1,2}[:.]\d\d\s*(?:Uhr)?\s*[:–-]?\s*)(?:Eröffnung|Beginn|Begrüßung)\b|^(?:Eröffnung|Beginn|Begrüßung)\b.{0,40}\d{1,2}[:.]\d\d")]
    private static partial Regex OpeningHeading();
    [GeneratedRegex(@"(?<![\p{L}-])(?:" + Parties + @")(?![\p{L}-])", RegexOptions.CultureInvariant, 5000)]
    private static partial Regex Party();
    [GeneratedRegex(@"(?<org>(?:(?!(?:Der|Die|Das|Des|Dem|Den|Im|In|Am|Vom|Protokoll|Niederschrift|Satzung|Vorstand\w*|Mitglied\w*|Förderung|Mitgliederversammlung|Jahreshauptversammlung|Verein\w*|Beim?|Für|Wir|Seit|Nach|Mit|Aus)\s)\p{Lu}[\p{L}\d&.'’/-]*[ \t]+(?:(?:der|für|und|zur|von|&)[ \t]+)*){1,7}[eE]\.[ ]?V\.?)(?!\p{L})", RegexOptions.CultureInvariant, 5000)]
    private static partial Regex Association();
    [GeneratedRegex(@"(?<org>(?:(?:Orts|Verbands|Samt)?[Gg]emeinde|(?:Kreis|Landeshaupt|Hanse)?[Ss]tadt|Landkreise?s?|Markt|Amt(?:es)?)\s(?!Anwes)" + Places + @")", RegexOptions.CultureInvariant, 5000)]
    private static partial Regex Municipality();
    [GeneratedRegex(@"(?:des|der|vom)\s(?:Vereins?|Initiative|Hochschulgruppe|Genossenschaft)\s(?<org>[„""]?\p{Lu}[\p{L}\d -]{2,40}?)(?=[“"",.\n]|$|\sam\b|\svom\b)|\b(?:der|an\sder)\s(?<org>(?:Technischen\s|Fach)?(?:Hochschule|Universität|hochschule)\s\p{Lu}[\p{L}-]+)", RegexOptions.CultureInvariant, 5000)]
    private static partial Regex NamedClub();
    /// <summary>„AG Ländlicher Raum, Treffen 5.2.": a group named at the top of its own minutes.</summary>
    [GeneratedRegex(@"(?<![\p{L}-])(?<org>(?:[LBK]?AG|AK|Arbeitskreis|Arbeitsgruppe|Arbeitsgemeinschaft|Landesarbeitsgemeinschaft|Bürgerinitiative|Netzwerk|Freundeskreis|Förderverein)\s\p{Lu}[\p{L}-]+(?:\s(?:und\s)?\p{Lu}[\p{L}-]+){0,3})", RegexOptions.CultureInvariant, 5000)]
    private static partial Regex WorkingGroup();
    /// <summary>„Protokoll Mitgliederversammlung Makerspace GT": a name of at least two words that closes the title.</summary>
    [GeneratedRegex(@"(?:versammlung|sitzung|treffen)[ ](?:(?:des|der|vom|von)[ ])?(?<org>(?!(?:Jan|Feb|Mär|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez|Mo|Di|Mi|Do|Fr|Sa|So|Nr|Online|Präsenz|Frühjahr|Sommer|Herbst|Winter|Teil|Vorst|Mitgl|Orts|Kreis|Landes|Stadt|Gemeinde|Verein))\p{Lu}[\p{L}\d]{2,}(?:[ ]\p{Lu}[\p{L}\d]+){1,2})(?=[ ]*(?:$|\n|,|[ ](?:am|vom)\b|\d))", RegexOptions.CultureInvariant | RegexOptions.Multiline, 5000)]
    private static partial Regex ClubInTitle();
    [GeneratedRegex(@"\b(?<stem>Freie|Junge|Grüne)n(?=\s(?:Demokraten|Wähler|Union|Liberale|Jugend))|\b(?<stem>Liberale)n\b|(?<stem>verband|verein|bezirk)e?s\b", RegexOptions.CultureInvariant)]
    private static partial Regex PartyEnding();
    [GeneratedRegex(Laender)]
    private static partial Regex Land();
    [GeneratedRegex(@"\b(?:(?:Ergebnis|Kurz|Verlaufs|Beschluss|Beschluß|Sitzungs|Gründungs|Wahl)?[Pp]rotokoll|PROTOKOLL|P\sR\sO\sT\sO\sK\sO\sL\sL|N\sI\sE\sD\sE\sR\sS\sC\sH\sR\sI\sF\sT|NIEDERSCHRIFT|(?:Sitzungsn|N)iederschrift|Protokollauszug)\b(?!\s*:)|^(?:außer)?ordentliches?\s\p{L}+(?:treffen|versammlung)$|^\p{L}+(?:treffen|sitzung)$", RegexOptions.None)]
    private static partial Regex MinutesTitle();
    [GeneratedRegex(@"^\W*(?:BESCHLUSS(?:BUCH|SAMMLUNG)?|Beschluss(?:buch|sammlung))\b|^\W*(?:Umlauf|Eil)?[Bb]eschl(?:uss|üsse)\s*(?:$|(?:Nr|der|des|aus|vom|von)\b)|\(Beschluss\s(?:der|des|vom)|^Beschluss\s+[\d/-]+|^Resolution\b|^Beschlossen\s(?:am|vom|auf|von)|beschlossen(?:\svo[nm]\s.{3,60})?\sam\s\d|beschließen\sund\sleiten", RegexOptions.None, 5000)]
    private static partial Regex ResolutionTitle();
    [GeneratedRegex(@"^(?:Antragstext\b|(?:Der|Die|Das)\s.{3,120}\s(?:möge|möchte|wolle|mögen)\s(?:beschließen|bitte beschließen|folgende)|Antrag(?:steller|stellerin|stellende|steller\W?innen|stellerInnen)\b|Adressat\w*\s*:|Antrag$|Initiativantrag\b|Eingereicht von|Initiator)", RegexOptions.None, 5000)]
    private static partial Regex MotionMark();
    [GeneratedRegex(@"^Antragstext\b|\b(?:möge|mögen|wolle)\s(?:folgendes\s)?beschließen", RegexOptions.None, 5000)]
    private static partial Regex MotionText();
    [GeneratedRegex(@"^(?:Antragsteller|AntragstellerInnen|Antragstellende|Eingereicht von|Einreicher|Initiator)[\p{L}*:_/]*\s*:", RegexOptions.IgnoreCase)]
    private static partial Regex Originator();
    [GeneratedRegex(@"^(?:Anwesend|Teilnehm|Entschuldigt|Protokollf|Sitzungsleit|Versammlungsleit|Es fehl)")]
    private static partial Regex AttendanceWord();
    [GeneratedRegex(@"^\d{1,2}(?:\.\d{1,2})*[.)]?\s")]
    private static partial Regex SectionNumber();
    [GeneratedRegex(@"^(?:TOP|Top|Tagesordnungspunkt)\s*\d")]
    private static partial Regex TopLine();
    [GeneratedRegex(@"^(?:(?:gefasster\s)?Beschl(?:uss|üsse)\b.{0,12}|(?:Initiativ|Änderungs|Dringlichkeits)?Antrag(?:stext)?\b.{0,20}|Begründung|Resolution|Anlage.*|[A-ZÄÖÜ]{1,4}[- ]?\d{1,3}(?:[-.]\d+)?|\d{1,4}/[\dIVX/]+|Überweis\w+.*|Entwurf|Protokoll|Niederschrift|Tagesordnung)\s*:?$", RegexOptions.IgnoreCase)]
    private static partial Regex FormWord();
    [GeneratedRegex(@"\s*\(Beschluss\b")]
    private static partial Regex BracketedResolution();
    [GeneratedRegex(@"^(?:Datum|Termin|Tag|Sitzungstag|Sitzungsdatum|Sitzung(?:stermin)?|Sitzung (?:am|vom)|Datum der Sitzung|Tag der Sitzung|Versammlungsdatum|Zeit und Ort|Ort und Zeit|Datum[,/ ].*|Tag[,/ ].*|Wann|Beschlossen am|Beschlussdatum|Ort[,/ ]+Datum.*)$", RegexOptions.IgnoreCase)]
    private static partial Regex DateLabel();
    [GeneratedRegex(@"^(?:Zeit|Uhrzeit|Zeitraum|Zeitpunkt|Dauer|Sitzungsdauer|Sitzungszeit|Datum[,/ ].*|Datum|Termin|Tag|Ort[,/ ].*|Wann|Zeit und Ort|Sitzung)$", RegexOptions.IgnoreCase)]
    private static partial Regex TimeLabel();
    [GeneratedRegex(@"^(?:(?:Sitzungs|Versammlungs)?[Bb]eginn|Anfang|Start|Eröffnung|Beginn der .*|Beginn/Ende|Beginn und Ende|Sitzungseröffnung|Uhrzeit Beginn)$", RegexOptions.IgnoreCase)]
    private static partial Regex StartLabel();
    [GeneratedRegex(@"^(?:(?:Sitzungs|Versammlungs|Offizielles )?[Ee]nde|Schluss|Sitzungsschluss|(?:Ende|Schluss) der (?:Sitzung|Versammlung|Veranstaltung)|Uhrzeit Ende)$", RegexOptions.IgnoreCase)]
    private static partial Regex EndLabel();
    [GeneratedRegex(@"^(?:Ort|(?:Tagungs|Sitzungs|Versammlungs|Veranstaltungs)(?:ort|raum|lokal|stätte)|Wo|Ort der .*|Raum|Lokalität|Treffpunkt)$", RegexOptions.IgnoreCase)]
    private static partial Regex PlaceLabel();
    [GeneratedRegex(@"\b(?:online|virtuell|digital|Videokonferenz|Telefonkonferenz|Telko|ViKo|Internettelefonie|Zoom|Jitsi|BBB|BigBlueButton|Big Blue Button|Teams|MS Teams|Webex|Mumble|TeamSpeak|Skype|Discord|OpenTalk|Umlaufverfahren)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Online();
    [GeneratedRegex(@"\b\d{5}\b|straße|str\.|platz|saal|hybrid|\bund online|Gaststätte|Rathaus", RegexOptions.IgnoreCase)]
    private static partial Regex Street();
    [GeneratedRegex(@"^(?:Protokoll\s)?(?:Telko|Telefonkonferenz|Telefonschalte|Videokonferenz|Video-?Sitzung|ViKo)\b|\d{4},\s(?:Videokonferenz|Telefonkonferenz|Telko|ViKo|online|Zoom|Jitsi|BBB)\b|\((?:als\s)?(?:Telefonkonferenz|Videokonferenz|Online-?Sitzung|online|digital|Telko|ViKo|Zoom|Jitsi)\)|(?<!und\s)\b(?:als|per|via|in einer|der)\s(?:reine\s)?(?:Online-?(?:veranstaltung|versammlung|sitzung|Mitgliederversammlung)|Videokonferenz|Telefonkonferenz|Internettelefonie|Online|Zoom|Jitsi|BBB|BigBlueButton|MS\sTeams|Teams|Webex|Skype|Mumble|Discord)\b|\bOnline-(?:Mitgliederversammlung|Sitzung|Vorstandssitzung)\b", RegexOptions.IgnoreCase)]
    private static partial Regex OnlineMeeting();
    [GeneratedRegex(@"(?:sitzung|versammlung|parteitag|tagung|treffen|konferenz|klausur|Plenum|Protokoll|Niederschrift)", RegexOptions.IgnoreCase)]
    private static partial Regex MeetingWord();
    [GeneratedRegex(@"\b[Nn]ächste[rsn]?\b")]
    private static partial Regex NextMeeting();
    [GeneratedRegex(@"^(?:(?:Sitzung|Treffen|Beratung|Tagung|Versammlung)\s)?(?:[Aa]m|[Vv]om|[Dd]en)\s")]
    private static partial Regex OpensWithDay();
    [GeneratedRegex(@"\b(?:Genehmigung|Bestätigung|Annahme|Kontrolle|Verlesung|Verabschiedung|Beschluss\süber)\b.{0,60}\b(?:Protokoll|Niederschrift)|\b(?:letzte[nrsm]?|vorherige[nrsm]?|vergangene[nrsm]?)\b|\b(?:wird|wurde|ist|werden)\b", RegexOptions.None, 5000)]
    private static partial Regex OtherMinutes();
    /// <summary>„Gütersloh, Stadtbibliothek, 11.04.2018" at the very top.</summary>
    [GeneratedRegex(@"^\s*(?!(?:Mon|Diens|Donners|Frei|Sams|Sonn)tag|Mittwoch|Sonnabend|Stand|Datum)(?<place>\p{Lu}[\p{L} .-]{2,40}(?:,\s\p{Lu}[\p{L}\d .-]{2,40})?),\s+(?:den\s+)?\d{1,2}\.\s?(?:\d{1,2}\.|\p{Lu}\p{Ll}+\s)\s?\d{2,4}\s*$", RegexOptions.None, 5000)]
    private static partial Regex LetterHead();
    [GeneratedRegex(@"\d{4}(?:,?\s(?:(?:um|ab|von)\s)?\d{1,2}(?:[:.]\d\d)?(?:\s?(?:Uhr\s)?(?:[-–]|bis)\s?\d{1,2}(?:[:.]\d\d)?)?\s?Uhr)?,?\s+(?:in|im)\s(?<place>(?:den?\s|dem\s|der\s)?\p{Lu}[^,;.()]{2,60}?(?:,[^;()]{3,60}?\d{5}\s\p{Lu}[\p{L}-]+)?)(?:,\s\p{Lu}[\p{L} .-]*(?:straße|str\.|platz|weg|allee|gasse|ring|markt)\s?\d{0,4}[a-z]?)?(?=\)|$|[;.]|,|\s\d{1,3}\s|\sstatt|\sals\b|\(|\s\()|\d{4}\s+als\s+Präsenzveranstaltung\s+(?:in|im)\s(?<place>[^;.]{3,140}?),?\s+statt|,\s(?<place>\p{Lu}[\p{L}-]{2,}(?:\s(?:am|an\sder|im)\s\p{Lu}[\p{L}-]+|\s\p{Lu}[\p{L}-]+)?),\s(?:den\s|am\s)?\d{1,2}\.", RegexOptions.None, 5000)]
    private static partial Regex PlaceInTitle();
    /// <summary>„…, 24. Februar 2024, Bürgerzentrum Ostheim": the day, then nothing but the place.</summary>
    [GeneratedRegex(@"(?:\d{4}|\d\sUhr|\d{4}-\d\d-\d\d|\d\d:\d\d),\s(?:in\s|im\s)?(?<place>(?!.*(?:Protokoll|sitzung|Uhr|Sitzung|online|konferenz|Nr\.|Wahlperiode))\p{Lu}[^,;:.!?]{3,60}(?:,\s\p{Lu}[^,;:.!?]{3,40})?)\s*$", RegexOptions.None, 5000)]
    private static partial Regex PlaceBehindDay();
    /// <summary>„versammelten sich im Feuerwehrhaus Wiesengrund".</summary>
    [GeneratedRegex(@"\b(?:versammel\w+\ssich|trafen\ssich|fanden\ssich|(?:[Vv]ersammlung|[Ss]itzung)\s(?:fand|findet|tagte|tagt))\s(?:\p{Ll}+\s){0,2}?(?:im|in\sder|in\sden|in)\s(?<place>(?!Anwes|Liste|Zeit|Satz|Folge|Reihe|Anlage|Regel|Sitzung|Versamml|Beratung)\p{Lu}[\p{L}-]+(?:\s(?:[„""]?\p{Lu}[\p{L}-]+[“""]?)){0,3})", RegexOptions.None, 5000)]
    private static partial Regex PlaceOfGathering();
    /// <summary>„… hat sich in der Aula getroffen".</summary>
    [GeneratedRegex(@"\bsich\b[^.]{0,80}\b(?:im|in\sder)\s(?<place>\p{Lu}[\p{L}-]+(?:\s\p{Lu}[\p{L}-]+){0,3})\s(?:getroffen|versammelt)\b", RegexOptions.None, 5000)]
    private static partial Regex PlaceMet();
    [GeneratedRegex(@"^\s*(?:[Vv]on\s)?\d{1,2}[:.]\d\d(?:\s*Uhr)?\s*(?:[-–]|bis)\s*\d{1,2}[:.]\d\d\s*(?:Uhr)?\s*$")]
    private static partial Regex TimesOnly();
    [GeneratedRegex(@"\b(?:eröffne\w*|begrüß\w*|beginn\w*|begann|versammel\w*|fanden sich|findet|fand|tagte|trafen sich|hat sich)\b.{0,120}|\bheute\b", RegexOptions.IgnoreCase, 5000)]
    private static partial Regex OpeningSentence();
    [GeneratedRegex(@"\b(?:schließt|schloss|geschlossen|beendet\w*|endet\w*|Ende der (?:Sitzung|Versammlung))\b", RegexOptions.IgnoreCase)]
    private static partial Regex ClosingSentence();
    [GeneratedRegex(@"(?<![\p{L}]|\ban\s(?:den|die|das)\s)(?<body>(?:geschäftsführende[rn]?\s|[Ee]rweiterte[rn]?\s)?(?:(?:Landes|Kreis|Orts|Stadt|Bundes|Bezirks|Gemeinde|Unterbezirks|Partei|Gesamt|Fraktions|Regional|Vereins|Verbands)(?:verbands|vereins)?-?)?(?:[Vv]orstand(?:e?s)?(?=sitzung|treffen|klausur|beschluss|beratung|\W|$)|[Pp]arteitag(?:e?s)?|[Dd]elegiertenkonferenz|[Dd]elegiertenversammlung|[Mm]itgliederversammlung|[Hh]auptversammlung|[Kk]onferenz|[Kk]ongress(?:es)?|[Kk]onvent(?:s|es)?)|[\p{L}]*parlament(?:s|es)?(?=ssitzung|\W|$)|Jahreshauptversammlung|Vertreterversammlung|Aufstellungsversammlung|Kuratorium(?:s)?|(?:Koordinierungs|Sprecher(?:[*:_]?innen)?|Lenkungs)(?:kreis|rat)(?:es)?|Gründungsversammlung|Generalversammlung|Vollversammlung|(?:Landes|Kreis|Orts|Bundes)?(?:[Rr]at(?:e?s)?|[Aa]usschuss(?:es)?)(?=sitzung|\W|$)|Landeswahlplenum|(?:Gemeinde|Stadt|Ortschafts|Orts|Kreis|Markt|Bezirks|Verbandsgemeinde|Samtgemeinde|Länder|Partei|Aufsichts|Bei|Ortsbei|Elternbei|Schulbei|Seniorenbei|Jugendbei|Integrationsbei|Naturschutzbei|Gemeindekirchen|Kirchengemeinde|Pfarrgemeinde|Bürger|Stadtteil|Verwaltungs|Stiftungs|Instituts|Hochschul|Betriebs|Personal|Eltern|Schul|Studierenden|Fakultäts)r[aä]t(?:e?s)?(?=sitzung|\W|$)|Kreistag(?:e?s)?(?=sitzung|\W|$)|Stadtverordnetenversammlung|Gemeindevertretung|Bezirksverordnetenversammlung|Bürgerschaft|(?:Haupt|Bau|Finanz|Sozial|Kultur|Umwelt|Schul|Verkehrs|Planungs|Wirtschafts|Jugendhilfe|Verwaltungs|Werks|Rechnungsprüfungs|Fest)[\p{L}-]*ausschuss(?:es)?(?=sitzung|\W|$)|Ausschuss(?:es)?\sfür\s\p{Lu}[\p{L}, und-]{3,60}|\p{Lu}?[\p{L}]*[Ff]raktion(?=ssitzung|\W|$)|Plenum(?:s)?(?=ssitzung|sitzung|\W|$)|Präsidium(?:s)?(?=ssitzung|\W|$)|Parteikonvent|Landeskonferenz|Kreiskonferenz|Studierendenrat|StuRa|AStA|Fachschaftsrat|(?:FSR|LaVo|KaVo|OV|KV|LV|BV|AG)(?=-Sitzung))", RegexOptions.CultureInvariant, 5000)]
    private static partial Regex BodyWord();
    [GeneratedRegex(@"(vorstand|parteitag|ausschuss|rat|kreistag|plenum|präsidium|kongress|konvent|parlament|kuratorium|kreis)e?s$", RegexOptions.IgnoreCase)]
    private static partial Regex GenitiveEnding();
}
