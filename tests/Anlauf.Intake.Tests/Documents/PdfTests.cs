using System.Diagnostics;
using System.Globalization;
using System.Text;
using Anlauf.Intake.Documents;
using Anlauf.Testing;

namespace Anlauf.Intake.Tests.Documents;

public sealed class PdfTests
{
    private static SourceText Read(byte[] content) => DocumentReader.Read("protokoll.pdf", content);

    [SkippableFact]
    public void A_real_PDF_says_the_same_as_its_ODT_twin()
    {
        var pdf = DocumentReader.Read("a.pdf", File.ReadAllBytes(SharedData.PathTo("minutes/makerspace-gt-mv-2025-02-22.pdf")));
        var odt = DocumentReader.Read("a.odt", File.ReadAllBytes(SharedData.PathTo("minutes/makerspace-gt-mv-2025-02-22.odt")));
        // heads and feet repeat on every page and are no part of the twin's body; page breaks cut sentences, so pages are compared as one text
        var furniture = new[] { "Makerspace Gütersloh e.V.\t", "info@makerspace-gt.de", "https://makerspace-gt.de\t", "# Protokoll der ordentlichen Mitgliederversammlung des", "Seite " };
        var body = string.Join('\n', pdf.Text.Split('\n').Where(line => !furniture.Any(start => line.StartsWith(start, StringComparison.Ordinal))));
        Tokens.Agreement(Tokens.Of(Tokens.WithoutMarkup(odt.Text)), Tokens.Of(Tokens.WithoutMarkup(body))).ShouldBeGreaterThan(0.98);
        pdf.PageStarts!.Count.ShouldBe(9);
        pdf.PageStarts.ShouldAllBe(start => pdf.Text[start] == '#');
    }

    [SkippableTheory]
    [InlineData("makerspace-gt-mv-2018-04-11", 2, "Nach längerer Diskussion wurde per Abstimmung mit 5 zu 1 Stimmen eine Frist von 2\nTagen angenommen.")]
    [InlineData("makerspace-gt-amv-2018-10-10", 2, "Das Ergebnis der Abstimmung: 5 Ja-Stimmen, 1 Nein-Stimme und keine Enthaltungen.")]
    [InlineData("fossgis-mv-2020-03-12", 8, "Es wird bei einigen\nEnthaltungen genehmigt.")]
    [InlineData("westwoodlabs-mv-2021-02-13-antraege-antragsgruen", 21, "Abstimmung\tJa:\t(100 %) 17\nNein:\t(0 %) 0\n")]
    public void Real_minutes_are_read_line_by_line(string name, int pages, string passage)
    {
        var pdf = DocumentReader.Read(name, File.ReadAllBytes(SharedData.PathTo($"minutes/{name}.pdf")));
        pdf.Text.ShouldContain(passage);
        pdf.PageStarts!.Count.ShouldBe(pages);
        pdf.IsScan.ShouldBeFalse();
    }

    [SkippableFact]
    public void A_real_scan_is_reported_as_pictures()
    {
        var scan = DocumentReader.Read("scan.pdf", File.ReadAllBytes(SharedData.PathTo("minutes/makerspace-gt-mv-2018-04-11.scan.pdf")));
        scan.IsScan.ShouldBeTrue();
        scan.Text.ShouldBeEmpty();
    }

    [Fact]
    public void Umlauts_quotes_and_escapes_are_those_of_the_page() =>
        Read(Pdfs.WithContent("BT /F 11 Tf 50 700 Td (\\304nderung f\\374r \\(K\\366ln\\): \u0084beschlossen\u0093 \u0096 300 \u0080) Tj ET")).Text.ShouldBe("Änderung für (Köln): „beschlossen“ – 300 €\n");

    [Fact]
    public void Words_placed_one_by_one_get_their_blanks_and_kerned_ones_stay_whole() =>
        Read(Pdfs.WithContent("BT /F 10 Tf 50 700 Td [(V) 60 (erein) -300 (Ja) -280 (7)] TJ ET")).Text.ShouldBe("Verein Ja 7\n");

    [Fact]
    public void All_text_operators_move_as_prescribed() =>
        Read(Pdfs.WithContent("BT /F 10 Tf 14 TL 1 0 0 1 50 700 Tm (eins) Tj T* (zwei) Tj (drei) ' 0 0 (vier) \" 0 -14 TD (f\\374nf) Tj 5 Ts ( hoch) Tj 0 Ts T* (sechs) Tj ET")).Text
            .ShouldBe("eins\nzwei\ndrei\nvier\nfünf hoch\nsechs\n");

    [Fact]
    public void Lines_stand_in_the_order_of_the_page_not_of_the_file() =>
        Read(Pdfs.WithContent(Pdfs.Text(50, 600, "unten") + Pdfs.Text(50, 700, "oben links") + Pdfs.Text(300, 700, "oben rechts"))).Text.ShouldBe("oben links\toben rechts\n\nunten\n");

    [Fact]
    public void Large_type_makes_headings_and_bullets_make_items() =>
        Read(Pdfs.WithContent(Pdfs.Text(50, 760, "Protokoll", 20) + Pdfs.Text(50, 720, "Der Vorstand traf sich heute in Schwerin zu seiner Sitzung.") + Pdfs.Text(60, 706, "\u0095 Plakate") + Pdfs.Text(75, 692, "1. Druck") + Pdfs.Text(50, 660, "Ende der Sitzung um 20 Uhr")))
            .Text.ShouldBe("# Protokoll\n\nDer Vorstand traf sich heute in Schwerin zu seiner Sitzung.\n- Plakate\n   1. Druck\n\nEnde der Sitzung um 20 Uhr\n");

    [Fact]
    public void Two_columns_are_read_one_after_the_other()
    {
        var content = new StringBuilder(Pdfs.Text(50, 760, "Die Zeitung des Landesverbandes mit einer Zeile über beide Spalten hinweg bis zum Rand"));
        for (var i = 0; i < 12; i++) content.Append(Pdfs.Text(50, 730 - (i * 13), $"links {i} mit Text bis zum Rand der Spalte")).Append(Pdfs.Text(310, 730 - (i * 13), $"rechts {i} mit Text bis zum Rand"));
        var text = Read(Pdfs.WithContent(content.ToString())).Text;
        text.IndexOf("links 11", StringComparison.Ordinal).ShouldBeLessThan(text.IndexOf("rechts 0", StringComparison.Ordinal));
        text.ShouldStartWith("Die Zeitung");
    }

    [Fact]
    public void Character_maps_give_text_to_glyph_numbers()
    {
        const string Font = "<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /ToUnicode 6 0 R /DescendantFonts [<< /Subtype /CIDFontType2 /DW 500 /W [3 [600 600] 5 9 550] >>] >>";
        const string Map = "1 begincodespacerange <0000> <FFFF> endcodespacerange 2 beginbfchar <0003> <00C4> <0004> <FB01> endbfchar 2 beginbfrange <0005> <0007> <0061> <0008> <0009> [<006E> <0064>] endbfrange";
        Read(Pdfs.WithContent("BT /F 10 Tf 50 700 Td <00030008000900040006> Tj ET", Font, (6, $"<< /Length {Map.Length} >>\nstream\n{Map}\nendstream"))).Text.ShouldBe("Ändfib\n");
    }

    [Fact]
    public void Differences_name_their_glyphs() =>
        Read(Pdfs.WithContent("BT /F 10 Tf 50 700 Td <0102030405> Tj ET", "<< /Type /Font /Subtype /Type1 /BaseFont /X /Encoding << /Differences [1 /Adieresis /germandbls /quotedblbase /uni20AC /f_i] >> >>")).Text.ShouldBe("Äß„€fi\n");

    [Fact]
    public void Forms_are_drawn_and_replacement_text_is_honoured()
    {
        const string Form = "BT /F 10 Tf 50 650 Td (im Formular) Tj ET";
        var pdf = new Pdfs().Object(1, Pdfs.Catalogue).Object(2, Pdfs.Pages.Replace("/Font", "/XObject << /Fm 6 0 R >> /Font")).Object(3, Pdfs.Page)
            .Stream(4, "", Pdfs.Latin("/Span << /ActualText (Schiff) >> BDC BT /F 10 Tf 50 700 Td (Schi@) Tj ET EMC /Fm Do"))
            .Object(5, Pdfs.Helvetica).Object(6, $"<< /Type /XObject /Subtype /Form /BBox [0 0 595 842] /Length {Form.Length} >>\nstream\n{Form}\nendstream").Finish();
        Read(pdf).Text.ShouldBe("Schiff\n\nim Formular\n");
    }

    [Theory]
    [InlineData("/Filter /ASCIIHexDecode", "4254202F462031302054662035302037303020546420284A61292054 6A204554>")]
    [InlineData("/Filter [/AHx /Fl]", "")]
    [InlineData("/Filter /LZWDecode", "lzw")]
    [InlineData("/Filter /RunLengthDecode", "run")]
    [InlineData("/Filter /ASCII85Decode", "a85")]
    [InlineData("/Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns 4 >>", "png")]
    public void Every_way_of_packing_is_unpacked(string filter, string form)
    {
        var content = Pdfs.Latin("BT /F 10 Tf 50 700 Td (Ja) Tj ET");
        var data = form switch
        {
            "" => Pdfs.Latin(Convert.ToHexString(Pdfs.Deflate(content)) + ">"),
            "lzw" => Lzw(content),
            "run" => [(byte)(content.Length - 1), .. content, 128],
            "a85" => Ascii85(content),
            "png" => Pdfs.Deflate(Up(content)),
            _ => Pdfs.Latin(form),
        };
        Read(Pdfs.WithStream(data, filter)).Text.ShouldBe("Ja\n");
    }

    [Fact]
    public void Object_streams_and_cross_reference_streams_are_followed()
    {
        var objects = new[] { (1, Pdfs.Catalogue), (2, Pdfs.Pages), (3, Pdfs.Page), (5, Pdfs.Helvetica) };
        var head = "";
        var body = "";
        foreach (var (number, text) in objects)
        {
            head += string.Create(CultureInfo.InvariantCulture, $"{number} {body.Length} ");
            body += text + " ";
        }
        var pdf = new Pdfs().Stream(4, "", Pdfs.Latin(Pdfs.Text(50, 700, "aus dem Strom"))).Stream(6, $"/Type /ObjStm /N 4 /First {head.Length} /Filter /FlateDecode", Pdfs.Deflate(Pdfs.Latin(head + body)));
        var start = pdf.Length;
        byte[] Entry(int kind, long field) => [(byte)kind, (byte)(field >> 8), (byte)field, 0];
        byte[] table = [.. Entry(0, 0), .. Entry(2, 6), .. Entry(2, 6), .. Entry(2, 6), .. Entry(1, pdf.Offset(4)), .. Entry(2, 6), .. Entry(1, pdf.Offset(6))];
        pdf.Stream(7, "/Type /XRef /W [1 2 1] /Size 7 /Root 1 0 R /Filter /FlateDecode", Pdfs.Deflate(table)).Write($"startxref\n{start}\n%%EOF");
        Read(pdf.ToArray()).Text.ShouldBe("aus dem Strom\n");
        // the same without a usable start
        Read(Pdfs.Latin(Encoding.Latin1.GetString(pdf.ToArray()).Replace("startxref", "startxxxx"))).Text.ShouldBe("aus dem Strom\n");
    }

    [Fact]
    public void A_later_version_of_the_file_replaces_the_earlier_one()
    {
        var pdf = new Pdfs().Object(1, Pdfs.Catalogue).Object(2, Pdfs.Pages).Object(3, Pdfs.Page).Stream(4, "", Pdfs.Latin(Pdfs.Text(50, 700, "Entwurf"))).Object(5, Pdfs.Helvetica);
        var first = pdf.Length;
        pdf.Table().Stream(4, "", Pdfs.Latin(Pdfs.Text(50, 700, "Beschluss"))).Table($"/Root 1 0 R /Prev {first}");
        Read(pdf.ToArray()).Text.ShouldBe("Beschluss\n");
    }

    [Fact]
    public void A_wrong_table_is_replaced_by_a_search()
    {
        var broken = Encoding.Latin1.GetString(Pdfs.WithContent(Pdfs.Text(50, 700, "gefunden"))).Replace("%PDF-1.7\n", "%PDF-1.7\n% eine Zeile, die alles verschiebt\n");
        Read(Pdfs.Latin(broken)).Text.ShouldBe("gefunden\n");
    }

    [Fact]
    public void Chains_and_circles_end()
    {
        var circle = new Pdfs().Object(1, Pdfs.Catalogue).Object(2, "<< /Type /Pages /Kids [2 0 R 3 0 R 3 0 R] /Resources << /Font << /F 5 0 R >> /XObject << /A 6 0 R >> >> >>").Object(3, Pdfs.Page)
            .Object(4, "<< /Length 8 0 R >>\nstream\nBT /F 9 Tf 9 9 Td (Ja) Tj ET /A Do\nendstream").Object(5, Pdfs.Helvetica).Object(6, "<< /Subtype /Form /Length 12 >>\nstream\n/A Do /A Do \nendstream").Object(8, "8 0 R");
        var start = circle.Length;
        circle.Table($"/Root 1 0 R /Prev {start}");
        var watch = Stopwatch.StartNew();
        Read(circle.ToArray()).Text.ShouldBe("Ja\n");
        watch.Elapsed.ShouldBeLessThan(Quiet.Limit(3));
    }

    [Fact]
    public void A_stream_that_unpacks_without_end_is_refused()
    {
        var bomb = Pdfs.WithStream(Pdfs.Deflate(new byte[60 * 1024 * 1024]), "/Filter /FlateDecode");
        Should.Throw<UnreadableDocumentException>(() => Read(bomb)).Message.ShouldContain("wird beim Entpacken ungewöhnlich groß");
    }

    [Fact]
    public void A_bomb_inside_a_bomb_is_refused()
    {
        var bomb = Pdfs.WithStream(Pdfs.Deflate(Pdfs.Deflate(new byte[60 * 1024 * 1024])), "/Filter [/FlateDecode /FlateDecode]");
        Should.Throw<UnreadableDocumentException>(() => Read(bomb)).Message.ShouldContain("wird beim Entpacken ungewöhnlich groß");
    }

    [Fact]
    public void Nesting_without_end_is_refused() =>
        Should.Throw<UnreadableDocumentException>(() => Read(Pdfs.Latin("%PDF-1.4\n1 0 obj\n" + new string('[', 300_000)))).Message.ShouldContain("beschädigt");

    [Theory]
    [InlineData(EncryptedPdfs.Rc4With40Bits)]
    [InlineData(EncryptedPdfs.Rc4With128Bits)]
    [InlineData(EncryptedPdfs.AesWith128Bits)]
    [InlineData(EncryptedPdfs.AesWith256Bits)]
    public void A_file_that_is_only_protected_against_changes_is_read(string encrypted) =>
        Read(Convert.FromBase64String(encrypted)).Text.ShouldBe("Beschluss für alle\n");

    [Fact]
    public void A_file_with_a_password_asks_for_a_copy_without() =>
        Should.Throw<UnreadableDocumentException>(() => Read(Convert.FromBase64String(EncryptedPdfs.WithUserPassword))).Message
            .ShouldBe("Die Datei „protokoll.pdf“ ist mit einem Kennwort geschützt. Öffnen Sie sie mit dem Kennwort, speichern Sie sie ohne Schutz und laden Sie sie noch einmal hoch.");

    [Fact]
    public void A_page_with_more_text_than_any_page_has_is_refused()
    {
        var content = "BT /F 1 Tf 50 700 Td " + string.Concat(Enumerable.Repeat($"({new string('x', 10_000)}) Tj ", 21));
        Should.Throw<UnreadableDocumentException>(() => Read(Pdfs.WithStream(Pdfs.Deflate(Pdfs.Latin(content)), "/Filter /FlateDecode")));
    }

    [Fact]
    public void Letters_without_known_meaning_count_as_pictures() =>
        Read(Pdfs.WithContent("BT /F 10 Tf 50 700 Td <000300040005> Tj ET", "<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [<< /Subtype /CIDFontType2 >>] >>")).IsScan.ShouldBeTrue();

    [Fact]
    public void Half_a_file_without_pages_is_called_damaged() =>
        Should.Throw<UnreadableDocumentException>(() => Read("%PDF-1.4\n1 0 obj\n<< /Type /Cata"u8.ToArray())).Message.ShouldContain("beschädigt oder unvollständig");

    private static byte[] Up(byte[] content)
    {
        var padded = new byte[(content.Length + 3) / 4 * 4];
        Array.Fill(padded, (byte)' ');
        content.CopyTo(padded, 0);
        var rows = new List<byte>();
        for (var i = 0; i < padded.Length; i += 4)
        {
            rows.Add(2);
            for (var n = i; n < i + 4; n++) rows.Add((byte)(padded[n] - (n >= 4 ? padded[n - 4] : 0)));
        }
        return [.. rows];
    }

    private static byte[] Ascii85(byte[] content)
    {
        var text = new StringBuilder();
        for (var i = 0; i < content.Length; i += 4)
        {
            var count = Math.Min(4, content.Length - i);
            long group = 0;
            for (var n = 0; n < 4; n++) group = (group << 8) | (n < count ? content[i + n] : 0L);
            var digits = new char[5];
            for (var n = 4; n >= 0; n--, group /= 85) digits[n] = (char)('!' + (group % 85));
            text.Append(digits, 0, count + 1);
        }
        return Pdfs.Latin(text + "~>");
    }

    /// <summary>A packer of its own kind: learns pairs as prescribed, so that codes above 257 occur.</summary>
    private static byte[] Lzw(byte[] content)
    {
        var table = Enumerable.Range(0, 256).ToDictionary(i => ((char)i).ToString(), i => i);
        var bits = new StringBuilder("100000000");
        var open = "";
        var next = 258;
        foreach (var b in content)
        {
            if (table.ContainsKey(open + (char)b)) { open += (char)b; continue; }
            bits.Append(Convert.ToString(table[open], 2).PadLeft(9, '0'));
            table[open + (char)b] = next++;
            open = ((char)b).ToString();
        }
        bits.Append(Convert.ToString(table[open], 2).PadLeft(9, '0')).Append("100000001");
        return [.. bits.ToString().PadRight((bits.Length + 7) / 8 * 8, '0').Chunk(8).Select(eight => Convert.ToByte(new string(eight), 2))];
    }
}
