import java.nio.file.Path;
import java.nio.file.Paths;
import org.ofdrw.converter.export.OFDExporter;
import org.ofdrw.converter.export.PDFExporterPDFBox;

/** Writes beside every OFD file that is named a PDF of it, as ofdrw reads it. */
public class ToPdf {
  public static void main(String[] names) throws Exception {
    for (String name : names) {
      Path target = Paths.get(name.replaceAll("\\.ofd$", "-ofdrw.pdf"));
      try (OFDExporter exporter = new PDFExporterPDFBox(Paths.get(name), target)) {
        exporter.export();
      }
    }
  }
}
