import edu.harvard.hul.ois.jhove.JhoveBase;
import edu.harvard.hul.ois.jhove.RepInfo;
import edu.harvard.hul.ois.jhove.module.PdfModule;
import java.io.RandomAccessFile;

/** Prints for every file: its name, whether it is valid, and the profiles that JHOVE finds, tabs between. */
public class Jhove {
    public static void main(String[] names) throws Exception {
        for (String name : names) {
            PdfModule module = new PdfModule();
            module.init("");
            module.setBase(new JhoveBase());
            RepInfo found = new RepInfo(name);
            try (RandomAccessFile file = new RandomAccessFile(name, "r")) {
                module.parse(file, found);
            }
            boolean isValid = found.getWellFormed() == RepInfo.TRUE && found.getValid() == RepInfo.TRUE;
            System.out.println(name + "\t" + isValid + "\t" + String.join("\t", found.getProfile()));
        }
    }
}
